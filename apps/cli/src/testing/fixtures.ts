import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { MATURITY_STAGES } from '@blastwise/contracts';
import {
  buildHybrid,
  CALIBRATION_METHOD,
  createImage,
  DEFAULT_HYBRID,
  encodePng,
  PREPROCESSING_VERSION,
  type RgbImage,
  readWeights,
  saveArtifact,
  selectEngine,
} from '@blastwise/model';
import { generateField } from '@blastwise/model/generator';

/** Purple discs on a pale ground. */
function discs(width: number, height: number): RgbImage {
  const image = createImage(width, height, [225, 215, 228]);
  for (let disc = 0; disc < 6; disc++) {
    const x0 = (63 + 61 * disc) % width;
    const y0 = (207 + 83 * disc * disc) % height;
    const radius = 12 + ((4 + disc) % 5);
    for (let y = Math.max(0, y0 - radius); y < Math.min(height, y0 + radius); y++)
      for (let x = Math.max(0, x0 - radius); x < Math.min(width, x0 + radius); x++)
        if ((x - x0) ** 2 + (y - y0) ** 2 < radius ** 2) image.data.set([110, 60, 160], 3 * (y * width + x));
  }
  return image;
}

type Weight = ReturnType<typeof readWeights>[number];

/** An untrained last layer is all zeros: here it says something, so that answers differ from field to field. */
const opinionated = (weight: Weight): Weight =>
  weight.name === 'stage_logits/kernel'
    ? {
        ...weight,
        data: Float32Array.from({ length: weight.data.length }, (_, i) => Math.sin(12.9898 * (i + 1))),
      }
    : weight;

/** An untrained but whole artifact. */
async function saveUntrained(folder: string): Promise<void> {
  await selectEngine('wasm');
  const config = { ...DEFAULT_HYBRID, unetFilters: [2, 4, 4], head: [8] };
  const parts = buildHybrid(config);
  await saveArtifact(folder, {
    name: 'untrained',
    architecture: { kind: 'hybrid', config },
    preprocessing: PREPROCESSING_VERSION,
    calibration: {
      method: CALIBRATION_METHOD,
      temperature: 1,
      bias: [0, 0, 0, 0],
      prior: [0.25, 0.25, 0.25, 0.25],
    },
    run: {},
    weights: readWeights(parts.whole).map(opinionated),
  });
  parts.dispose();
}

/** What is in the folder of `makeFixtures`, by path. */
async function draw(): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const folder = await mkdtemp(join(tmpdir(), 'blastwise-cli-model-'));
  try {
    await saveUntrained(join(folder, 'model'));
    for (const name of await readdir(join(folder, 'model')))
      files.set(join('model', name), await readFile(join(folder, 'model', name)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  for (const stage of MATURITY_STAGES) {
    for (let i = 0; i < 3; i++) {
      const { image } = generateField({ seed: i + 1, stage });
      files.set(join('data', stage, `${stage}-${i}.png`), await encodePng(image));
    }
  }
  files.set(join('images', 'good.png'), await encodePng(discs(320, 240)));
  files.set(join('images', 'text.jpg'), Buffer.from('this is no image'));
  return files;
}

/** Drawn once for all test files of a worker. */
let drawn: ReturnType<typeof draw> | undefined;

/**
 * A folder for one test file: `model`, an untrained but whole artifact; `data`, three generated fields a stage;
 * `images`, one good PNG and one text file named .jpg.
 */
export async function makeFixtures(): Promise<string> {
  drawn ??= draw();
  const root = await mkdtemp(join(tmpdir(), 'blastwise-cli-'));
  for (const [path, bytes] of await drawn) {
    const file = join(root, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
  return root;
}
