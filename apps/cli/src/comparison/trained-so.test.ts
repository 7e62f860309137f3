import { STUDY_COSTS } from '@blastwise/contracts';
import { expect, it } from 'vitest';
import { isTrainedSo } from './trained-so.ts';

const svm = { seed: 1, costs: STUDY_COSTS };
const network = { ...svm, masks: { epochs: 20 }, stages: { epochs: 24 } };
const run = { config: { ...network, folds: 0, masks: { epochs: 20, batch: 12 } }, engine: { name: 'wasm' } };

it.each([
  ['a network as it was asked for', run, network, true],
  ['a classical system as it was asked for', { config: { ...svm, model: 'svm' } }, svm, true],
  ['another seed', run, { ...network, seed: 2 }, false],
  ['another referral cost', run, { ...network, costs: { ...STUDY_COSTS, referralCost: 3 } }, false],
  ['other epochs of the stages', run, { ...network, stages: { epochs: 1 } }, false],
  ['other epochs of the masks', run, { ...network, masks: { epochs: 3 } }, false],
  ['a record that does not say', {}, svm, false],
] as const)('knows %s', (_, record, decided, isSo) => {
  expect(isTrainedSo(record, decided)).toBe(isSo);
});
