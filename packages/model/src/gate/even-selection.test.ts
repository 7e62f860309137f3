import type { Reception } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { exactLower, exactUpper } from './binomial.ts';
import { evenSelection } from './even-selection.ts';

/** Fields received so: all, and how many of them are settled. */
const fields = (reception: Reception, all: number, settled: number) =>
  Array.from({ length: all }, (_, i) => ({ reception, isSettled: i < settled }));

const CASES = 2_000;
const keptOf = (received: ReturnType<typeof fields>, reception: Reception): number => {
  const isKept = evenSelection(received);
  return Array.from({ length: CASES }, (_, i) => isKept(`case ${i}`, reception)).filter(Boolean).length;
};

describe('evenSelection', () => {
  // Nobody objected to 90 answers, of which 9 are settled.
  const received = [
    ...fields('unopposed', 90, 9),
    ...fields('overridden critical', 4, 4),
    ...fields('overridden minor', 10, 2),
    ...fields('overridden none', 20, 1),
    ...fields('deferred', 8, 4),
    ...fields('unseen', 5, 5),
  ];

  it.each<[Reception, number]>([
    ['unopposed', 1],
    // A tenth against all, against a fifth, a twentieth and a half.
    ['overridden critical', 0.1],
    ['overridden minor', 0.5],
    ['overridden none', 1],
    ['deferred', 0.2],
    ['unseen', 1],
  ])('keeps of what was %s a share of %d', (reception, share) => {
    const kept = keptOf(received, reception);
    expect(exactLower(kept, CASES, 0.001)).toBeLessThanOrEqual(share);
    expect(exactUpper(kept, CASES, 0.001)).toBeGreaterThanOrEqual(share);
  });

  it('keeps a case or leaves it out, the same each time, and more of them as more is settled elsewhere', () => {
    const [before, after] = [
      evenSelection(received),
      evenSelection([...received, ...fields('unopposed', 40, 40)]),
    ];
    const cases = Array.from({ length: 200 }, (_, i) => `case ${i}`);
    const kept = cases.filter((id) => before(id, 'overridden critical'));
    expect(cases.filter((id) => evenSelection(received)(id, 'overridden critical'))).toEqual(kept);
    expect(kept.every((id) => before(id, 'overridden minor'))).toBe(true);
    expect(kept.every((id) => after(id, 'overridden critical'))).toBe(true);
    expect(cases.filter((id) => after(id, 'overridden critical')).length).toBeGreaterThan(kept.length);
  });

  it('keeps nothing that was overridden where nothing unopposed is settled, but all where nothing was unopposed', () => {
    const overridden = fields('overridden serious', 9, 9);
    expect(keptOf([...overridden, ...fields('unopposed', 1, 0)], 'overridden serious')).toBe(0);
    expect(keptOf(overridden, 'overridden serious')).toBe(CASES);
  });
});
