import { mkdir, writeFile } from 'node:fs/promises';
import {
  type CostMatrix,
  costsDigest,
  DomainError,
  RESEARCH_NOTICE,
  type StageRecord,
  toStageVector,
} from '@blastwise/contracts';
import type { FieldPrediction, PredictOptions, Predictor } from '@blastwise/model';
import { decide } from '@blastwise/model/decision';
import { Command, Option } from 'commander';
import { readDecidingCosts } from '../inputs/files.ts';
import { readImage, sayUnreadable } from '../inputs/images.ts';
import { pngFor, requireDistinctNames, requireInputsKept } from '../inputs/masks.ts';
import {
  cellDiameterOption,
  costsOption,
  jsonOption,
  modelOption,
  scaleOption,
  toPath,
} from '../inputs/options.ts';
import { readScale, type ScaleOptions } from '../inputs/scale.ts';
import { say, sayJson } from '../terminal/print.ts';
import { withProgress } from '../terminal/progress.ts';
import { UsageError } from '../usage.ts';

interface Options extends ScaleOptions {
  model?: string;
  costs?: string;
  json?: true;
  maskDir?: string;
  heatmapDir?: string;
}

/** Images held in memory at a time. */
const CHUNK = 4;

export function predictCommand(): Command {
  return new Command('predict')
    .description('name the stage of fields and decide by expected cost')
    .argument('<image...>', 'image files')
    .addOption(modelOption())
    .addOption(costsOption())
    .addOption(scaleOption())
    .addOption(cellDiameterOption())
    .addOption(jsonOption())
    .addOption(new Option('--mask-dir <folder>', 'write the masks here, as PNGs').argParser(toPath))
    .addOption(
      new Option(
        '--heatmap-dir <folder>',
        'write here, as grey PNGs, where in each image the named stage was seen (Grad-CAM); 255 is the highest value of any stage in that image',
      ).argParser(toPath),
    )
    .action(async (images: string[], options: Options) => {
      const { maskDir, heatmapDir } = options;
      const folders = [maskDir, heatmapDir].filter((folder) => folder !== undefined);
      if (folders.length > 0) requireDistinctNames(images);
      if (maskDir !== undefined && maskDir === heatmapDir)
        throw new UsageError('--mask-dir and --heatmap-dir name one folder: their files would be the same.');
      await requireInputsKept(images, folders);
      const asked: PredictOptions = { explain: true, scale: await readScale(options) };
      const costs = await readDecidingCosts(options.costs);
      const { hybridConfigOf, openPredictor, STARTER_DIR } = await import('@blastwise/model');
      const predictor = await openPredictor(options.model ?? STARTER_DIR);
      try {
        if (heatmapDir) hybridConfigOf(predictor.artifact.manifest, 'explained by heatmaps');
        for (const folder of folders) await mkdir(folder, { recursive: true });
        await withProgress('Predicting', async (progress) => {
          for (let i = 0; i < images.length; i += CHUNK) {
            progress(i, images.length);
            const some = images.slice(i, i + CHUNK);
            await predictSome({ predictor, asked }, some, costs, options, progress.clear);
          }
        });
      } finally {
        await predictor.close();
      }
    });
}

/** Answers a few images, a line each, in order. */
async function predictSome(
  { predictor, asked }: { readonly predictor: Predictor; readonly asked: PredictOptions },
  images: readonly string[],
  costs: CostMatrix,
  options: Options,
  clear: () => void,
): Promise<void> {
  const decoded = await Promise.all(images.map(readImage));
  const readable = decoded.filter((image) => 'data' in image);
  const predictions = await predictor.predict(readable, asked);
  const digest = await costsDigest(costs);
  let next = 0;
  clear();
  for (const [i, image] of images.entries()) {
    const result = decoded[i];
    if (!result || 'error' in result) {
      if (result) sayUnreadable(image, result, options.json);
      continue;
    }
    const prediction = predictions[next++];
    if (!prediction) throw new DomainError('INTERNAL', `The model gave no answer for ${image}.`);
    if (options.maskDir) await writeMask(pngFor(options.maskDir, image), prediction);
    if (options.heatmapDir) await writeHeatmap(pngFor(options.heatmapDir, image), prediction);
    const line = lineOf(image, prediction, costs, digest);
    if (options.json) sayJson(line);
    else say(inWords(line));
  }
}

async function writeMask(file: string, { mask, analysis }: FieldPrediction): Promise<void> {
  const { encodeMaskPng } = await import('@blastwise/model');
  await writeFile(file, await encodeMaskPng(mask, analysis.width, analysis.height));
}

async function writeHeatmap(file: string, { explanation, analysis }: FieldPrediction): Promise<void> {
  const { encodeGreyPng, heatPixels } = await import('@blastwise/model');
  if (!explanation) throw new DomainError('INTERNAL', 'The model gave no explanation.');
  const { stage, width, height } = analysis;
  const pixels = heatPixels(explanation.evidence, stage, explanation.placement, width, height);
  await writeFile(file, await encodeGreyPng(pixels, width, height));
}

/** One line of the output; what the model has no part for is null. */
function lineOf(image: string, { analysis }: FieldPrediction, costs: CostMatrix, costMatrixDigest: string) {
  return {
    image,
    assessable: analysis.assessable,
    stage: analysis.stage,
    probabilities: analysis.probabilities,
    decision: decide(toStageVector(analysis.probabilities), costs, analysis),
    predictionSet: analysis.predictionSet,
    cells: analysis.cells,
    maskFraction: analysis.maskFraction,
    scale: analysis.scale,
    whiteCells: analysis.whiteCells,
    outOfDistribution: analysis.outOfDistribution,
    modelDigest: analysis.versions.modelDigest,
    costMatrixDigest,
    notice: RESEARCH_NOTICE,
  };
}

function inWords({ image, stage, probabilities, decision, cells }: ReturnType<typeof lineOf>): string {
  const share = (p: StageRecord<number>): string => `${(100 * p[stage]).toFixed(1)} %`;
  const answer = decision.stage === null ? 'not assessable' : `decision ${decision.stage}`;
  const referred = decision.defer ? ', refer to a second reader' : '';
  return `${image}: ${stage} ${share(probabilities)}, ${cells} cells, ${answer}${referred}`;
}
