import { MATURITY_STAGES } from '@blastwise/contracts';
import type { SplitFile } from '../../dataset/index.ts';
import { mixSeed, seededRandom } from '../../random/index.ts';
import { type AugmentedField, readAugmentedField } from './augmented-copy.ts';

/** Fields of each stage that are held in memory to lend their colours and backgrounds. */
const PER_STAGE = 16;

/** `n` fields of every stage of the train side, drawn by the seed. */
export function drawTrainFields(fields: readonly SplitFile[], n: number, seed: number): SplitFile[] {
  return MATURITY_STAGES.flatMap((stage, i) => {
    const own = fields.filter((field) => field.side === 'train' && field.stage === stage);
    return seededRandom(mixSeed(seed, i)).shuffle(own).slice(0, n);
  });
}

/** Fields of the train side that lend to copies of other stages' fields. */
export async function readDonors(fields: readonly SplitFile[], seed: number): Promise<AugmentedField[]> {
  const donors: AugmentedField[] = [];
  for (const file of drawTrainFields(fields, PER_STAGE, mixSeed(seed, 7))) {
    donors.push(await readAugmentedField(file));
  }
  return donors;
}
