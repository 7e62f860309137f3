import { describe, expect, it } from 'vitest';
import { differenceInterval } from './mover.ts';
import { correlationOfMeans, type PatientValue, patientChange, patientMean } from './patient-mean.ts';

/** One case a patient. */
const cases = (...values: number[]): PatientValue[] => values.map((value, i) => ({ patient: `${i}`, value }));
const ofOthers = (all: readonly PatientValue[]) =>
  all.map((each) => ({ ...each, patient: `other ${each.patient}` }));

describe('patientMean', () => {
  it('says nothing of fewer than five patients', () => {
    expect(
      patientMean(
        [1, 2, 3, 4, 5, 6].map((value) => ({ patient: 'one', value })),
        30,
      ),
    ).toBeNull();
    expect(patientMean(cases(1, 2, 3, 4), 30)).toBeNull();
    expect(patientMean(cases(1, 2, 3, 4, 5), 30)?.mean).toBe(3);
    expect(patientMean([], 30)).toBeNull();
  });

  it('has the bounds that drawing whole patients gives', () => {
    // Four patients have 0, one has 10 in each of two cases. Of five draws k are of the last one with the binomial
    // probabilities .33 .41 .20 .05 .006: the lower bound is that of none, the upper that of 3, 6 cases of 10 among 8.
    const found = patientMean([...cases(0, 0, 0, 0, 10), { patient: '4', value: 10 }], 30);
    expect(found).toEqual({ mean: 20 / 6, lower: 0, upper: 7.5 });
  });

  it.each([
    // Wilson, 0 of 5 at 95 %: z^2 / (n + z^2) = 3.8415 / 8.8415 = .4345 of the patients may be unlike these.
    ['no cost', 0, 30, 0, 13.035],
    ['all overridden, of at most 1', 1, 1, 0.5655, 1],
    ['equal costs, of at most 30', 12, 30, 6.786, 19.821],
    ['the dearest cost', 30, 30, 16.965, 30],
  ])('is not sure of what five patients have in common: %s', (_, value, worst, lower, upper) => {
    const found = patientMean(cases(value, value, value, value, value), worst);
    expect(found?.mean).toBe(value);
    expect(found?.lower).toBeCloseTo(lower, 2);
    expect(found?.upper).toBeCloseTo(upper, 2);
  });
});

describe('correlationOfMeans', () => {
  it.each([
    [[0, 10], [0, 10], 1],
    [[0, 10], [10, 0], -1],
    [[0, 10], [4, 4], 0],
    // Above the means of 20 and 15: -10, 0, 10, 0, 0 and -10, 0, 10, 5, -5.
    [[10, 20, 30, 20, 20], [5, 15, 25, 20, 10], 200 / Math.sqrt(200 * 250)],
  ])('of patients with %j and then %j is %d', (before, after, r) => {
    expect(correlationOfMeans(cases(...before), cases(...after))).toBeCloseTo(r, 12);
    expect(correlationOfMeans(cases(...before), ofOthers(cases(...after)))).toBe(0);
  });

  it('takes the cases of a patient together', () => {
    // Above the mean of 5: patient 0 by -5 - 5, patient 1 by 10; above that of 2: by -2 and 2.
    const one = [...cases(0, 15), { patient: '0', value: 0 }];
    expect(correlationOfMeans(one, cases(0, 4))).toBeCloseTo(1, 12);
  });
});

describe('patientChange', () => {
  const [before, after] = [cases(10, 20, 30, 20, 20), cases(5, 15, 25, 20, 10)];

  it('differs by the means, with an interval made of both', () => {
    const [earlier, later] = [patientMean(before, 50), patientMean(after, 50)];
    if (!earlier || !later) throw new Error('Five patients are enough.');
    const r = 200 / Math.sqrt(200 * 250);
    expect(patientChange(before, after, 50)?.difference).toEqual(differenceInterval(later, earlier, r));
    expect(patientChange(before, after, 50)?.difference.mean).toBe(-5);
    expect(patientChange(before, ofOthers(after), 50)?.difference).toEqual(
      differenceInterval(later, earlier, 0),
    );
  });

  it('knows that a patient with cases in both is one patient', () => {
    // The same values of ten patients tell less, for what each costs by nature does not cancel out.
    expect(patientChange(before, after, 50)?.verdict).toBe('better');
    expect(patientChange(before, ofOthers(after), 50)?.verdict).toBe('cannot-tell');
  });

  it.each([
    ['better', [40, 41, 42, 43, 44], [10, 11, 12, 13, 14]],
    ['worse', [10, 11, 12, 13, 14], [40, 41, 42, 43, 44]],
    ['cannot-tell', [10, 30, 12, 50, 14], [40, 11, 42, 13, 12]],
    // Nothing in either may still be chance: Wilson's bound keeps both open.
    ['cannot-tell', [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]],
  ] as const)('is %s', (verdict, earlier, later) => {
    expect(patientChange(cases(...earlier), ofOthers(cases(...later)), 50)?.verdict).toBe(verdict);
  });

  it('says nothing of too few patients on either side', () => {
    expect(patientChange(cases(1, 2, 3, 4), after, 50)).toBeNull();
    expect(patientChange(before, cases(1, 2, 3, 4), 50)).toBeNull();
  });
});
