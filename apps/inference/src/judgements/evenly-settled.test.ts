import type { Reception } from '@blastwise/contracts';
import type { AdjudicatedImage, ReceivedField } from '@blastwise/db';
import { expect, it } from 'vitest';
import { evenlySettled } from './evenly-settled.ts';

const CASES = 400;
/** Every other case was overridden and is settled; of the others a tenth is. */
const fields = Array.from({ length: CASES }, (_, i): AdjudicatedImage & ReceivedField => ({
  ...{ imageId: `field ${i}`, caseId: `case ${i}`, patient: `case ${i}`, stage: 'Pre', blobSha256: '' },
  reception: i % 2 === 0 ? 'overridden serious' : 'unopposed',
  isSettled: i % 2 === 0 || i % 20 === 1,
}));
const settled = fields.filter(({ isSettled }) => isSettled);

it('leaves a tenth of what was overridden beside the tenth of the others', () => {
  const kept = new Set(evenlySettled(settled, fields).map(({ imageId }) => imageId));
  const keptOf = (reception: Reception) =>
    fields.filter((field) => field.reception === reception && kept.has(field.imageId)).length;
  expect(keptOf('unopposed')).toBe(20);
  // 20 of 200 are expected, give or take 4.2.
  expect(keptOf('overridden serious')).toBeGreaterThan(7);
  expect(keptOf('overridden serious')).toBeLessThan(34);
});

it('keeps no field of which it does not know how its answer was received', () => {
  expect(evenlySettled(settled, [])).toEqual([]);
});
