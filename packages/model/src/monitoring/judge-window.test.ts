import { DRIFT_QUANTITIES, type DriftFinding, toStageRecord } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random/index.ts';
import { judgeAgainst, WATCH_RULES, type WatchedCase } from './judge-window.ts';
import { someCases, turned } from './testing.ts';
import type { WatchedField } from './watched.ts';

const RULES = { ...WATCH_RULES, draws: 1_999 };

const judgeOf = (reference: readonly WatchedCase[]) =>
  judgeAgainst(reference, { seed: 1, rules: RULES, quantities: DRIFT_QUANTITIES });
const judge = (reference: readonly WatchedCase[], window: readonly WatchedCase[]) =>
  judgeOf(reference)(window);

const alarmsIn = (findings: readonly DriftFinding[]) =>
  findings.filter(({ state }) => state === 'drifting').map(({ quantity }) => quantity);

describe('a window against its reference', () => {
  const random = seededRandom(3);
  const reference = someCases(random, 40);
  const steady = someCases(random, 20);

  it('is steady where nothing has changed', () => {
    const findings = judge(reference, steady);
    expect(findings.map(({ state }) => state)).toEqual(DRIFT_QUANTITIES.map(() => 'steady'));
    for (const { bins } of findings) {
      expect(bins.reduce((sum, bin) => sum + bin.reference, 0)).toBeCloseTo(1, 9);
      expect(bins.reduce((sum, bin) => sum + bin.window, 0)).toBeCloseTo(1, 9);
    }
  });

  it('drifts in its hue, and in nothing else, when the stain has turned from pink to red', () => {
    const shifted = steady.map((fields) =>
      fields.map((field) => ({ ...field, background: field.background && turned(field.background) })),
    );
    expect(alarmsIn(judge(reference, shifted))).toEqual(['background-red', 'background-blue']);
  });

  it('drifts in the hue of the stain where the background has stayed as it was', () => {
    const shifted = steady.map((fields) =>
      fields.map(({ background, ...field }) => ({
        ...field,
        background: background?.stained ? { ...background, stained: turned(background.stained) } : null,
      })),
    );
    expect(alarmsIn(judge(reference, shifted))).toEqual(['stain-red']);
  });

  it.each<[string, Partial<WatchedField>]>([
    ['background-brightness', { background: { red: 150, green: 132.6, blue: 143 } }],
    ['cells', { cells: 30 }],
    ['out-of-distribution', { outOfDistribution: { score: 2, flag: true } }],
    ['stage', { assessable: false }],
    ['confidence', { probabilities: toStageRecord([0.4, 0.3, 0.2, 0.1]) }],
    ['deferred', { deferred: true }],
    ['corrected', { corrected: true }],
  ])('drifts in %s', (quantity, change) => {
    const window = steady.map((fields) => fields.map((field) => ({ ...field, ...change })));
    expect(alarmsIn(judge(reference, window))).toContain(quantity);
  });

  it('says nothing of what too few cases have', () => {
    const old = reference.map((fields, i) =>
      i < 30 ? fields.map((field) => ({ ...field, background: null })) : fields,
    );
    const found = judge(old, steady);
    const [red] = found;
    const cells = found.find(({ quantity }) => quantity === 'cells');
    expect(red).toMatchObject({ state: 'too-few-cases', value: null, referenceCases: 10, windowCases: 20 });
    expect(cells?.state).toBe('steady');
    expect(judge(reference, steady.slice(0, 9)).every(({ state }) => state === 'too-few-cases')).toBe(true);
  });

  it('tolerates as much of what the reference never showed as chance explains, and no more', () => {
    const known = reference.map((fields) =>
      fields.map((field) => ({ ...field, outOfDistribution: { score: 0, flag: false } })),
    );
    const strange = (count: number) =>
      steady.map((fields, i) =>
        fields.map((field) => ({ ...field, outOfDistribution: { score: 2, flag: i < count } })),
      );
    expect(alarmsIn(judge(known, strange(5)))).toEqual([]);
    expect(alarmsIn(judge(known, strange(6)))).toEqual(['out-of-distribution']);
  });

  it('gives the same findings each time', () => {
    expect(judge(reference, steady)).toEqual(judge(reference, steady));
  });
});

describe('false alarms', () => {
  /** Share of windows in which any quantity raises an alarm. */
  function rate(
    references: number,
    windows: number,
    draw: (reference: WatchedCase[]) => WatchedCase[],
    cases = 40,
  ) {
    const random = seededRandom(17);
    let alarms = 0;
    for (let r = 0; r < references; r++) {
      const reference = someCases(random, cases);
      const judge = judgeOf(reference);
      for (let w = 0; w < windows; w++) alarms += Number(alarmsIn(judge(draw(reference))).length > 0);
    }
    return alarms / (references * windows);
  }
  const random = seededRandom(23);

  it('come in at most 1 % of the windows of new cases from where the reference came from', () => {
    expect(rate(20, 30, () => someCases(random, 20))).toBeLessThanOrEqual(0.013);
  });

  it('come in at most 1 % of the smallest windows against the smallest references', () => {
    const { leastReference, leastWindow } = RULES;
    expect(rate(20, 30, () => someCases(random, leastWindow), leastReference)).toBeLessThanOrEqual(0.013);
  });

  it('come in at most 1 % of the windows drawn from the reference itself', () => {
    const redrawn = (reference: WatchedCase[]) =>
      Array.from({ length: 20 }, () => reference[random.int(reference.length)] ?? []);
    expect(rate(5, 100, redrawn)).toBeLessThanOrEqual(0.01);
  });

  it('would be many if the fields of a slide were taken for independent', () => {
    const asFields = (cases: readonly WatchedCase[]) => cases.flatMap((fields) => fields.map((f) => [f]));
    let alarms = 0;
    for (let r = 0; r < 10; r++) {
      const judge = judgeOf(asFields(someCases(random, 40)));
      alarms += Number(alarmsIn(judge(asFields(someCases(random, 20)))).length > 0);
    }
    expect(alarms / 10).toBeGreaterThan(0.1);
  });
});
