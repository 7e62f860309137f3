import { RESEARCH_NOTICE } from '@blastwise/contracts';
import type { MaskMethod, MaskSource } from '@blastwise/model';
import { Command, Option } from 'commander';
import { requireFolder } from '../inputs/files.ts';
import { jsonOption, modelOption, toPath } from '../inputs/options.ts';
import { say, sayJson, table } from '../terminal/print.ts';
import { type Progress, withProgress } from '../terminal/progress.ts';
import { UsageError } from '../usage.ts';

interface Options {
  wbc?: string;
  bccd?: string;
  fields?: string;
  method: MaskMethod;
  model?: string;
  json?: true;
}

/** Named here as well, so that --help need not load the networks; the types keep the lists equal. */
const MASK_METHODS = ['hsv', 'stain', 'unet'] as const satisfies readonly MaskMethod[];

const folderOption = (flag: string, text: string): Option => new Option(flag, text).argParser(toPath);

export function evaluateMasksCommand(): Command {
  return new Command('evaluate-masks')
    .description(
      'score masks against hand-made masks (--wbc), boxes (--bccd) or by their coverage (--fields)',
    )
    .addOption(folderOption('--wbc <folder>', 'single cells: NNN-image.png with NNN-mask.png beside'))
    .addOption(folderOption('--bccd <folder>', 'fields with boxes: JPEGImages and Annotations (Pascal VOC)'))
    .addOption(folderOption('--fields <folder>', 'fields without truth, one folder per stage'))
    .addOption(
      new Option('--method <name>', 'hsv (published band), stain (adaptive) or unet (learned)')
        .choices(MASK_METHODS)
        .default('unet'),
    )
    .addOption(modelOption())
    .addOption(jsonOption())
    .action(async (options: Options) => {
      const given = [options.wbc, options.bccd, options.fields].filter((folder) => folder !== undefined);
      const [folder] = given;
      if (given.length !== 1 || folder === undefined)
        throw new UsageError('Name one of --wbc, --bccd and --fields.');
      await requireFolder(folder);
      const { hybridConfigOf, maskSource, openPredictor, PICTURE_SIDE, STARTER_DIR } = await import(
        '@blastwise/model'
      );
      const predictor = options.method === 'unet' ? await openPredictor(options.model ?? STARTER_DIR) : null;
      try {
        if (predictor) hybridConfigOf(predictor.artifact.manifest, 'asked for masks');
        const side = options.wbc ? PICTURE_SIDE.wbc : options.bccd ? PICTURE_SIDE.bccd : null;
        const find = maskSource(options.method, predictor, side);
        const measure = options.wbc ? handMasks : options.bccd ? boxes : coverage;
        const figures = await withProgress(
          'Segmenting',
          async (progress): Promise<Figures> => measure(folder, find, progress),
        );
        const model = predictor && {
          name: predictor.artifact.manifest.name,
          modelDigest: predictor.artifact.digest,
        };
        const result = { method: options.method, model, ...figures, notice: RESEARCH_NOTICE };
        if (options.json) sayJson(result);
        else describe(figures);
      } finally {
        await predictor?.close();
      }
    });
}

async function handMasks(folder: string, find: MaskSource, progress: Progress) {
  const { findHandMasks, handMaskReport, scoreHandMasks } = await import('@blastwise/model');
  return { wbc: handMaskReport(await scoreHandMasks(await findHandMasks(folder), find, progress)) };
}

async function boxes(folder: string, find: MaskSource, progress: Progress) {
  const { countBoxes, findBoxedFields } = await import('@blastwise/model');
  const counts = await countBoxes(await findBoxedFields(folder), find, progress);
  const total = (name: 'truth' | 'found' | 'matched') => counts.reduce((sum, count) => sum + count[name], 0);
  const [truth, found, matched] = [total('truth'), total('found'), total('matched')];
  const share = (of: number) => (of === 0 ? null : matched / of);
  const sums = { fields: counts.length, truth, found, matched };
  return { bccd: { ...sums, iou: 0.5, recall: share(truth), precision: share(found) } };
}

async function coverage(folder: string, find: MaskSource, progress: Progress) {
  const { coverageReport, measureCoverage, scanFields } = await import('@blastwise/model');
  return { fields: coverageReport(await measureCoverage(await scanFields(folder), find, progress)) };
}

type Figures =
  | Awaited<ReturnType<typeof handMasks>>
  | Awaited<ReturnType<typeof boxes>>
  | Awaited<ReturnType<typeof coverage>>;

const three = (value: number | null): string => (value === null ? '-' : value.toFixed(3));

function describe(figures: Figures): void {
  if ('wbc' in figures) {
    const { all, folders, bySize, byNucleusShare } = figures.wbc;
    const head = ['', 'n', 'cell Dice', 'IoU', 'failed', 'nucleus Dice', 'IoU', 'failed'];
    const rows = [all, ...folders, ...bySize, ...byNucleusShare].map(({ group, n, cell, nucleus }) => [
      group,
      String(n),
      ...[cell, nucleus].flatMap((a) => [three(a.dice), three(a.iou), String(a.failures)]),
    ]);
    say(table([head, ...rows]));
  } else if ('bccd' in figures) {
    const { truth, found, matched, recall, precision } = figures.bccd;
    say(
      `${matched} of ${truth} white cells found (recall ${three(recall)}), ${found} boxes drawn (precision ${three(precision)})`,
    );
  } else {
    const rows = figures.fields.map(({ stage, n, empty, cells, cell, nucleus }) => {
      return [stage, String(n), String(empty.length), cells.toFixed(1), three(cell), three(nucleus)];
    });
    say(table([['', 'fields', 'without cells', 'cells a field', 'cell share', 'nucleus share'], ...rows]));
  }
}
