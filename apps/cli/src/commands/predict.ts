import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  type CostMatrix,
  DomainError,
  type ErrorBody,
  RESEARCH_NOTICE,
  type StageRecord,
  toStageVector,
} from '@blastwise/contracts';
import type { FieldPrediction, Predictor, RgbImage } from '@blastwise/model';
import { costsDigest } from '@blastwise/model/costs';
import { decide } from '@blastwise/model/decision';
import { Command, Option } from 'commander';
import { readCosts } from '../inputs/files.ts';
import { pngFor, requireDistinctNames } from '../inputs/masks.ts';
import { costsOption, jsonOption, modelOption, toPath } from '../inputs/options.ts';
import { complain, say, sayJson } from '../terminal/print.ts';
import { withProgress } from '../terminal/progress.ts';

interface Options {
  model?: string;
  costs?: string;
  json?: true;
  maskDir?: string;
}

/** Images held in memory at a time. */
const CHUNK = 4;

export function predictCommand(): Command {
  return new Command('predict')
    .description('name the stage of fields and decide by expected cost')
    .argument('<image...>', 'image files')
    .addOption(modelOption())
    .addOption(costsOption())
    .addOption(jsonOption())
    .addOption(new Option('--mask-dir <folder>', 'write the masks here, as PNGs').argParser(toPath))
    .action(async (images: string[], options: Options) => {
      if (options.maskDir) requireDistinctNames(images);
      const costs = await readCosts(options.costs);
      if (options.maskDir) await mkdir(options.maskDir, { recursive: true });
      const { openPredictor, STARTER_DIR } = await import('@blastwise/model');
      const predictor = await openPredictor(options.model ?? STARTER_DIR);
      try {
        const failed = await withProgress('Predicting', async (progress) => {
          let failures = 0;
          for (let i = 0; i < images.length; i += CHUNK) {
            progress(i, images.length);
            failures += await predictSome(
              predictor,
              images.slice(i, i + CHUNK),
              costs,
              options,
              progress.end,
            );
          }
          return failures;
        });
        if (!options.json) complain(`For ${RESEARCH_NOTICE}.`);
        if (failed > 0) process.exitCode = 1;
      } finally {
        await predictor.close();
      }
    });
}

/** Answers a few images, a line each, in order; returns how many could not be read. */
async function predictSome(
  predictor: Predictor,
  images: readonly string[],
  costs: CostMatrix,
  options: Options,
  clear: () => void,
): Promise<number> {
  const decoded = await Promise.all(images.map(decode));
  const readable = decoded.filter((image) => 'data' in image);
  const predictions = await predictor.predict(readable);
  const digest = await costsDigest(costs);
  let next = 0;
  clear();
  for (const [i, image] of images.entries()) {
    const result = decoded[i];
    if (!result || 'error' in result) {
      const error = result?.error ?? { code: 'INTERNAL', message: 'The image was lost.' };
      if (options.json) sayJson({ image, error });
      else say(`${image}: ${error.message}`);
      continue;
    }
    const prediction = predictions[next++];
    if (!prediction) throw new DomainError('INTERNAL', `The model gave no answer for ${image}.`);
    if (options.maskDir) await writeMask(pngFor(options.maskDir, image), prediction);
    const line = lineOf(image, prediction, costs, digest);
    if (options.json) sayJson(line);
    else say(inWords(line));
  }
  return images.length - readable.length;
}

async function decode(image: string): Promise<RgbImage | ErrorBody> {
  const { decodeImage } = await import('@blastwise/model');
  try {
    const bytes = await readFile(resolve(image)).catch((cause: unknown) => {
      throw new DomainError('NOT_FOUND', 'The file cannot be read.', { cause });
    });
    return await decodeImage(bytes);
  } catch (error) {
    if (error instanceof DomainError) return { error: { code: error.code, message: error.message } };
    throw error;
  }
}

async function writeMask(file: string, { mask, analysis }: FieldPrediction): Promise<void> {
  const { encodeMaskPng } = await import('@blastwise/model');
  await writeFile(file, await encodeMaskPng(mask, analysis.width, analysis.height));
}

/** One line of the output; what later parts of the product fill is null. */
function lineOf(image: string, { analysis }: FieldPrediction, costs: CostMatrix, costMatrixDigest: string) {
  return {
    image,
    assessable: analysis.assessable,
    stage: analysis.stage,
    probabilities: analysis.probabilities,
    decision: decide(toStageVector(analysis.probabilities), costs, analysis.assessable),
    predictionSet: null,
    cells: analysis.cells,
    maskFraction: analysis.maskFraction,
    outOfDistribution: null,
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
