import { DRIFT_QUANTITIES, type DriftFinding, toStageRecord } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { exactLower } from '../gate/binomial.ts';
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
    // Of 60 cases 5 or 7 of a kind all fall into 20 with probability C(20, 5) / C(60, 5) = .0028 or .0002; .0008 is asked.
    expect(alarmsIn(judge(known, strange(5)))).toEqual([]);
    expect(alarmsIn(judge(known, strange(7)))).toEqual(['out-of-distribution']);
  });

  it('gives the same findings each time', () => {
    expect(judge(reference, steady)).toEqual(judge(reference, steady));
  });
});

/** `alarmThreshold` is exact, so what is seen here is that a window is judged by it, by whole cases and each quantity by its share. */
describe('false alarms', () => {
  /** 2 % a quantity, which 99 draws can tell. */
  const rules = { ...WATCH_RULES, falseAlarms: 0.24, draws: 99 };
  const share = rules.falseAlarms / DRIFT_QUANTITIES.length;
  const random = seededRandom(17);

  /** Alarms in windows, each against a reference of its own from the same slides: all, and the windows that have any. */
  function falseAlarms(windows: number, [cases, window]: readonly [number, number], as = whole) {
    let [alarms, alarmed] = [0, 0];
    for (let w = 0; w < windows; w++) {
      const judge = judgeAgainst(as(someCases(random, cases)), {
        seed: w,
        rules,
        quantities: DRIFT_QUANTITIES,
      });
      const found = alarmsIn(judge(as(someCases(random, window)))).length;
      alarms += found;
      alarmed += Number(found > 0);
    }
    return { alarms, alarmed };
  }
  const whole = (cases: readonly WatchedCase[]): readonly WatchedCase[] => cases;

  it.each([
    [40, 20],
    [rules.leastReference, rules.leastWindow],
  ] as const)('are as few as asked where %i cases and %i come from the same slides', (...sizes) => {
    const windows = 200;
    const judged = windows * DRIFT_QUANTITIES.length;
    const { alarms, alarmed } = falseAlarms(windows, sizes);
    // Fails of itself once in a thousand times; twice as many alarms a quantity would be found out.
    expect(exactLower(alarmed, windows, 0.001)).toBeLessThanOrEqual(rules.falseAlarms);
    expect(exactLower(alarms, judged, 0.001)).toBeLessThanOrEqual(share);
    expect(exactLower(Math.round(2 * share * judged), judged, 0.001)).toBeGreaterThan(share);
    expect(alarms).toBeGreaterThan(0);
  });

  it('would be many if the fields of a slide were taken for independent', () => {
    const asFields = (cases: readonly WatchedCase[]) => cases.flatMap((fields) => fields.map((f) => [f]));
    const windows = 30;
    const { alarms } = falseAlarms(windows, [40, 20], asFields);
    expect(exactLower(alarms, windows * DRIFT_QUANTITIES.length, 0.001)).toBeGreaterThan(3 * share);
  });
});
