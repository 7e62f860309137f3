import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/**
 * A folder for one test file: `model`, an untrained but whole artifact; `data`, three generated fields a stage;
 * `images`, one good PNG and one text file named .jpg.
 */
export async function makeFixtures(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'blastwise-cli-'));
  await selectEngine('wasm');
  const config = { ...DEFAULT_HYBRID, unetFilters: [2, 4, 4], head: [8] };
  const parts = buildHybrid(config);
  await saveArtifact(join(root, 'model'), {
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
  for (const stage of MATURITY_STAGES) {
    await mkdir(join(root, 'data', stage), { recursive: true });
    for (let i = 0; i < 3; i++) {
      const { image } = generateField({ seed: i + 1, stage });
      await writeFile(join(root, 'data', stage, `${stage}-${i}.png`), await encodePng(image));
    }
  }
  await mkdir(join(root, 'images'));
  await writeFile(join(root, 'images', 'good.png'), await encodePng(discs(320, 240)));
  await writeFile(join(root, 'images', 'text.jpg'), 'this is no image');
  return root;
}
