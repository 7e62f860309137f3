import { mkdir, writeFile } from 'node:fs/promises';
import { DomainError, RESEARCH_NOTICE } from '@blastwise/contracts';
import type { PredictOptions, Predictor, RgbImage } from '@blastwise/model';
import { Command, Option } from 'commander';
import { readImage, sayUnreadable } from '../inputs/images.ts';
import { pngFor, requireDistinctNames, requireInputsKept } from '../inputs/masks.ts';
import { cellDiameterOption, jsonOption, modelOption, scaleOption, toPath } from '../inputs/options.ts';
import { readScale, type ScaleOptions } from '../inputs/scale.ts';
import { say, sayJson } from '../terminal/print.ts';
import { withProgress } from '../terminal/progress.ts';
import { UsageError } from '../usage.ts';

const METHODS = ['hsv', 'stain', 'unet'] as const;
const CHANNELS = ['cell', 'nucleus'] as const;

interface Options extends ScaleOptions {
  method: (typeof METHODS)[number];
  channel: (typeof CHANNELS)[number];
  model?: string;
  outDir: string;
  json?: true;
}

/** Makes a mask of 0 and 255, of the image's size. */
type Segment = (image: RgbImage) => Promise<Uint8Array>;

export function segmentCommand(): Command {
  return new Command('segment')
    .description('write masks of the white cells: 8-bit PNGs of 0 and 255, of the size of the images')
    .argument('<image...>', 'image files')
    .addOption(
      new Option('--method <name>', 'hsv (published band), stain (adaptive) or unet (learned)')
        .choices(METHODS)
        .makeOptionMandatory(),
    )
    .addOption(new Option('--channel <name>', 'nucleus: by stain and unet').choices(CHANNELS).default('cell'))
    .addOption(modelOption())
    .addOption(scaleOption())
    .addOption(cellDiameterOption())
    .addOption(
      new Option('--out-dir <folder>', 'folder for the masks').argParser(toPath).makeOptionMandatory(),
    )
    .addOption(jsonOption())
    .action(async (images: string[], options: Options) => {
      requireDistinctNames(images);
      const { method, channel, outDir } = options;
      if (channel === 'nucleus' && method === 'hsv')
        throw new UsageError('The method hsv finds cells only: take --method stain or unet for nuclei.');
      const asked: PredictOptions = { scale: await readScale(options) };
      if (asked.scale && method !== 'unet')
        throw new UsageError(`The method ${method} takes no scale: take --method unet.`);
      await requireInputsKept(images, [outDir]);
      const predictor = method === 'unet' ? await openModel(options.model) : null;
      try {
        await mkdir(outDir, { recursive: true });
        const segment = predictor ? learned(predictor, channel, asked) : byColour(options);
        await withProgress('Segmenting', async (progress) => {
          for (const [i, image] of images.entries()) {
            progress(i, images.length);
            await segmentOne(image, segment, options, progress.clear);
          }
        });
      } finally {
        await predictor?.close();
      }
    });
}

async function segmentOne(
  image: string,
  segment: Segment,
  options: Options,
  clear: () => void,
): Promise<void> {
  const decoded = await readImage(image);
  if ('error' in decoded) {
    clear();
    sayUnreadable(image, decoded, options.json);
    return;
  }
  const { encodeMaskPng } = await import('@blastwise/model');
  const mask = await segment(decoded);
  const out = pngFor(options.outDir, image);
  await writeFile(out, await encodeMaskPng(mask, decoded.width, decoded.height));
  const maskFraction = mask.reduce((n, value) => n + (value > 0 ? 1 : 0), 0) / mask.length;
  const { method, channel, json } = options;
  clear();
  if (json) sayJson({ image, out, method, channel, maskFraction, notice: RESEARCH_NOTICE });
  else say(`${image}: ${(100 * maskFraction).toFixed(1)} % in ${out}`);
}

async function openModel(folder: string | undefined): Promise<Predictor> {
  const { hybridConfigOf, openPredictor, STARTER_DIR } = await import('@blastwise/model');
  const predictor = await openPredictor(folder ?? STARTER_DIR);
  hybridConfigOf(predictor.artifact.manifest, 'asked for masks');
  return predictor;
}

function learned(predictor: Predictor, channel: Options['channel'], asked: PredictOptions): Segment {
  return async (image) => {
    const [prediction] = await predictor.predict([image], asked);
    const mask = channel === 'cell' ? prediction?.mask : prediction?.nucleus;
    if (!mask)
      throw new DomainError('BAD_INPUT', 'This model draws no nuclei: take --method stain for them.');
    return mask;
  };
}

/** The published band is taken pixel by pixel from the image itself; the adaptive method reads the prepared field. */
function byColour({ method, channel }: Options): Segment {
  return async (image) => {
    const { preprocess, restoreMask, segmentHsv, segmentStain } = await import('@blastwise/model');
    if (method === 'hsv') return segmentHsv(image).map((inside) => 255 * inside);
    const { field, placement } = await preprocess(image);
    const mask = Float32Array.from(segmentStain(field)[channel]);
    return restoreMask(mask, placement, image.width, image.height);
  };
}
