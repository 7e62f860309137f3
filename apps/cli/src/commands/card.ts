import { RESEARCH_NOTICE } from '@blastwise/contracts';
import type { EvidencePart, Side } from '@blastwise/model';
import { Command, Option } from 'commander';
import { readExternalSets } from '../inputs/external.ts';
import { requireFolder } from '../inputs/files.ts';
import { dataOption, externalOption, jsonOption, seedOption, sideOption, toPath } from '../inputs/options.ts';
import { ownSplit, readSplitFile, splitFields } from '../inputs/splits.ts';
import { complain, say, sayJson } from '../terminal/print.ts';
import { withProgress } from '../terminal/progress.ts';
import { UsageError } from '../usage.ts';

interface Options {
  data: string;
  split?: string;
  side?: Side;
  external?: string;
  seed: number;
  json?: true;
}

const PARTS: Readonly<Record<EvidencePart, string>> = {
  figures: 'the fields as they are',
  fieldOverCells: 'the field over its cells',
  robustness: 'robustness',
  novelty: 'novelty',
  coverage: 'coverage of the masks',
  hand: 'masks drawn by hand',
  boxes: 'white cells in boxes',
  explanation: 'explanations',
};

export function cardCommand(): Command {
  return new Command('card')
    .description(
      'measure all evidence on a finished model, keep it in its artifact (evidence.json) and write its model card anew; the model stays as it is',
    )
    .argument('<artifact>', 'model artifact', toPath)
    .addOption(dataOption())
    .addOption(new Option('--split <file>', "split.json (default: the artifact's own)").argParser(toPath))
    .addOption(sideOption())
    .addOption(externalOption())
    .addOption(seedOption())
    .addOption(jsonOption())
    .action(async (folder: string, { data, split: file, side = 'test', external, seed, json }: Options) => {
      await requireFolder(folder);
      await requireFolder(data);
      const sets = await readExternalSets(external);
      const named = file === undefined ? undefined : await readSplitFile(file);
      const { CARD_FILE, hybridConfigOf, loadArtifact, measureEvidence, parseRunRecord, renewCard } =
        await import('@blastwise/model');
      const artifact = await loadArtifact(folder);
      if (artifact.manifest.lineage)
        throw new UsageError(
          `${folder} was retrained: its card is made by the retraining and cannot be measured anew.`,
        );
      hybridConfigOf(artifact.manifest, 'given a card with measured evidence');
      // What the card would be refused for is refused before the work.
      const { config } = parseRunRecord(artifact.manifest.run);
      const split = named ?? (await ownSplit(artifact));
      const fields = await withProgress('Comparing', (progress) => splitFields(data, split, side, progress));
      const evidence = await withProgress('Measuring', (progress) => {
        const tell = partTeller();
        return measureEvidence(folder, {
          fields,
          external: sets,
          costs: config.costs,
          seed,
          onProgress: ({ part, done, total }) => {
            tell(part);
            progress(done, total, PARTS[part]);
          },
        });
      });
      await renewCard(folder, evidence);
      if (json) sayJson({ out: folder, evidence, notice: RESEARCH_NOTICE });
      else say(`${folder}: ${CARD_FILE} of model ${artifact.digest.slice(0, 12)}`);
    });
}

/** Where no bar is drawn, a line when a part begins. */
function partTeller(): (part: EvidencePart) => void {
  let current: EvidencePart | null = null;
  return (part) => {
    if (part !== current && !process.stderr.isTTY) complain(`Measuring ${PARTS[part]}…`);
    current = part;
  };
}
