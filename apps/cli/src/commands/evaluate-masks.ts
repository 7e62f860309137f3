import { readFile } from 'node:fs/promises';
import { RESEARCH_NOTICE } from '@blastwise/contracts';
import type { RgbImage } from '@blastwise/model';
import { Command, Option } from 'commander';
import { requireFolder } from '../inputs/files.ts';
import { MASK_METHODS, type MaskMethod, type MaskSource, maskSource } from '../inputs/mask-source.ts';
import { jsonOption, modelOption, toPath } from '../inputs/options.ts';
import { complain, say, sayJson, table } from '../terminal/print.ts';
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

/** Longer side in pixels at which the stain method reads pictures: their cells are then about as large as in training. */
const PICTURE_SIDE = { wbc: 52, bccd: 84 } as const;

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
      const { openPredictor, STARTER_DIR } = await import('@blastwise/model');
      const predictor = options.method === 'unet' ? await openPredictor(options.model ?? STARTER_DIR) : null;
      try {
        const side = options.wbc ? PICTURE_SIDE.wbc : options.bccd ? PICTURE_SIDE.bccd : null;
        const find = await maskSource(options.method, predictor, side);
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

async function read(file: string): Promise<RgbImage> {
  const { decodeImage } = await import('@blastwise/model');
  return decodeImage(await readFile(file));
}

async function handMasks(folder: string, find: MaskSource, progress: Progress) {
  const { findHandMasks, handMaskReport, readHandMask, scoreMasks } = await import('@blastwise/model');
  const pairs = await findHandMasks(folder);
  const scores = [];
  for (const { name, image, mask } of pairs) {
    const found = await find(await read(image));
    scores.push(scoreMasks(name, found, readHandMask(await read(mask))));
    progress(scores.length, pairs.length);
  }
  return { wbc: handMaskReport(scores) };
}

async function boxes(folder: string, find: MaskSource, progress: Progress) {
  const { boxesOf, countCells, findBoxedFields, matchBoxes, parseVocBoxes } = await import(
    '@blastwise/model'
  );
  const fields = await findBoxedFields(folder);
  const sum = { fields: 0, truth: 0, found: 0, matched: 0 };
  for (const { image, annotation } of fields) {
    const truth = parseVocBoxes(await readFile(annotation, 'utf8'), 'WBC');
    const picture = await read(image);
    const { width, height } = picture;
    const { cell } = await find(picture);
    const found = boxesOf(
      countCells(
        cell.map((v) => (v === 0 ? 0 : 1)),
        width,
        height,
      ),
      width,
    );
    sum.fields++;
    sum.truth += truth.length;
    sum.found += found.length;
    sum.matched += matchBoxes(found, truth);
    progress(sum.fields, fields.length);
  }
  const share = (of: number) => (of === 0 ? null : sum.matched / of);
  return { bccd: { ...sum, iou: 0.5, recall: share(sum.truth), precision: share(sum.found) } };
}

async function coverage(folder: string, find: MaskSource, progress: Progress) {
  const { countCells, coverageReport, scanFields } = await import('@blastwise/model');
  const fields = await scanFields(folder);
  const covered = [];
  for (const { path, file, stage } of fields) {
    const image = await read(file);
    const { cell, nucleus } = await find(image);
    const share = (mask: Uint8Array) => mask.reduce((n, v) => n + (v === 0 ? 0 : 1), 0) / mask.length;
    const { count } = countCells(
      cell.map((v) => (v === 0 ? 0 : 1)),
      image.width,
      image.height,
    );
    covered.push({ path, stage, cells: count, cell: share(cell), nucleus: nucleus && share(nucleus) });
    progress(covered.length, fields.length);
  }
  return { fields: coverageReport(covered) };
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
  complain(`For ${RESEARCH_NOTICE}.`);
}
