import { buildHybrid, loadWeights } from '../../architecture/index.ts';
import { type ArtifactContent, contentDigest, type Lineage } from '../../artifact/index.ts';
import { selectEngine } from '../../engine/index.ts';
import { mixSeed } from '../../random/index.ts';
import { refuseTooLarge } from '../../training/memory-guard.ts';
import { askingUpper } from '../../training/stages/index.ts';
import { loadMasks } from '../../training/unet/train-masks.ts';
import { dataCounts } from '../data-counts.ts';
import { type NetworkRecord, originalRecord } from '../record.ts';
import { retrainedFiles } from '../retrained-files.ts';
import { networkParts } from './answer-parts.ts';
import type { CorrectedImage } from './corrected-image.ts';
import { editedFields, retrainMasks } from './fit-masks.ts';
import { fitUpper } from './fit-upper.ts';
import { networkJudge } from './judge-network.ts';
import type { NetworkOptions } from './options.ts';
import { type PreparedNetwork, prepareNetwork } from './prepare.ts';
import { baseView, cacheNetworkViews } from './views.ts';

export interface RetrainedNetwork {
  /** For `saveArtifact`. */
  readonly content: ArtifactContent;
  /** The digest that the content will be saved under. */
  readonly digest: string;
  readonly lineage: Lineage;
  readonly record: NetworkRecord;
}

const SEEDS = { masks: 21, stages: 22 } as const;

/**
 * Trains the U-Net and the upper part of an artifact's network (blocks above the tap, head) again from the artifact's own
 * weights, on the folder of its own fields and on corrected fields, and makes anew what hangs on them: calibration,
 * prediction sets, novelty score, cached features. What lies below the tap stays as it is. The same input and seed give the
 * same model, also when the run was killed in between and resumed. A fixed fifth of the corrected groups is never learned
 * from, and nor is the base's test side.
 *
 * @param baseDir the artifact's folder.
 * @throws DomainError CONFLICT where the folder is not the base's data, naming what is missing or different, and for a
 * resumed run of other terms; ARTIFACT_INVALID for a base that is none or names no data; BAD_INPUT for fields or options
 * out of range; LEAK_FOUND for a leak that quarantine does not mend; what reading a file throws; ENGINE_UNAVAILABLE. The
 * signal's reason where it was aborted.
 */
export async function retrainNetwork(
  baseDir: string,
  corrected: readonly CorrectedImage[],
  options: NetworkOptions,
): Promise<RetrainedNetwork> {
  const started = performance.now();
  const engine = await selectEngine(options.engine ?? 'auto');
  const run = await prepareNetwork(baseDir, corrected, options);
  const { base, hybrid, recipe, costs, lineage } = run;
  await refuseTooLarge({ hybrid, ...recipe }, engine.name);
  const parts = buildHybrid(hybrid);
  try {
    loadWeights(parts.whole, base.weights, { label: 'The base' });
    const shown = await baseView(run, parts, options);
    const { figures: before } = await askingUpper(parts.upper, (ask) =>
      networkJudge(ask, [shown], run, costs)(),
    );
    const masks = await retrainMasks(run, mixSeed(run.seed, SEEDS.masks), options);
    loadMasks(parts.whole, masks.weights);
    const views = await cacheNetworkViews(run, parts, options);
    const upper = await fitUpper(run, mixSeed(run.seed, SEEDS.stages), parts, views, options);
    const seen = networkParts(run, upper.answers);
    const record = plainRecord({
      kind: 'network-retraining',
      recipe,
      costs,
      seed: run.seed,
      engine,
      folder: { fields: run.own, hash: run.folderHash },
      data: dataCounts(seen.rows),
      masks: { ...masks.record, edited: editedCounts(run) },
      history: upper.history,
      bestEpoch: upper.bestEpoch,
      seconds: (performance.now() - started) / 1000,
      validation: { before, after: upper.after },
      calibration: seen.record,
      trained: originalRecord(base.manifest.run),
    });
    const learned = new Map(
      [...masks.weights, ...upper.weights, ...seen.tensors].map((weight) => [weight.name, weight]),
    );
    const weights = [...base.weights.values()].map((weight) => learned.get(weight.name) ?? weight);
    const added = seen.tensors.filter(({ name }) => !base.weights.has(name));
    const { name, architecture, preprocessing } = base.manifest;
    const content = {
      name,
      architecture,
      preprocessing,
      ...seen.manifest,
      run: record,
      lineage,
      weights: [...weights, ...added],
    };
    const digest = contentDigest(content);
    const files = retrainedFiles(base, seen.rows.table, { ...content, digest }, lineage, record);
    return { content: { ...content, files }, digest, lineage, record };
  } finally {
    parts.dispose();
  }
}

function editedCounts({ fields, own }: PreparedNetwork): NetworkRecord['masks']['edited'] {
  const edited = editedFields(fields.slice(own));
  const on = (side: 'train' | 'validation') => edited.filter((field) => field.side === side).length;
  return { train: on('train'), validation: on('validation') };
}

/** Through JSON: the record is plain data, and the manifest's type wants to see that. */
const plainRecord = (record: NetworkRecord) =>
  JSON.parse(JSON.stringify(record)) as NetworkRecord & ArtifactContent['run'];
