import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MATURITY_STAGES } from '@blastwise/contracts';
import { SIDES, type Split, type SplitField } from '../dataset/index.ts';
import { generateField } from '../generator/index.ts';
import { encodePng } from '../images/index.ts';
import { type Recipe, STARTER_RECIPE } from './config.ts';

/** The last cut that leaves a block of the backbone to be learned. */
export const LATE_TAP = 'block_15_add';

/** A recipe that a test can afford: every phase, next to nothing learned. */
export const TINY_RECIPE: Recipe = {
  hybrid: { ...STARTER_RECIPE.hybrid, tap: LATE_TAP, unetFilters: [4, 8], head: [16] },
  masks: { ...STARTER_RECIPE.masks, epochs: 1, stepsPerEpoch: 2, batch: 2, crop: 32 },
  stages: { ...STARTER_RECIPE.stages, epochs: 2, batch: 4, views: [{ kind: 'plain', copies: 1, share: 1 }] },
};

/** Two generated fields of each stage for training, one for each other side. */
export async function writeDataset(data: string): Promise<Split> {
  const fields: SplitField[] = [];
  for (const stage of MATURITY_STAGES) {
    await mkdir(join(data, stage), { recursive: true });
    for (const [i, side] of [...SIDES, 'train' as const].entries()) {
      const bytes = await encodePng(generateField({ seed: i, stage }).image);
      await writeFile(join(data, stage, `${i}.png`), bytes);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      fields.push({ path: `${stage}/${i}.png`, stage, side, group: `${stage}-${i}`, sha256 });
    }
  }
  return { version: 1, strategy: 'grouped', seed: 1, fields };
}
