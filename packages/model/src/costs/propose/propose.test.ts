import {
  CERTAINTIES,
  CONFIRMATIONS,
  type CostCorrection,
  type CostTable,
  costWeightsSchema,
  DEFAULT_COST_WEIGHTS,
  DomainError,
  MATURITY_STAGES,
  SEVERITIES,
  type Severity,
  STUDY_COSTS,
} from '@blastwise/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proposeCosts } from './propose.ts';
import { roundProposal } from './step.ts';

const PRIOR = STUDY_COSTS.matrix;
const ASYMMETRIC: CostTable = [
  [0, 10, 20, 30],
  [40, 0, 15, 25],
  [60, 15, 0, 10],
  [90, 25, 10, 0],
];

const judged = (
  severity: Severity,
  count = 1,
  {
    actual = 'Pro',
    predicted = 'Benign',
    certainty = 'sure',
    confirmedBy = 'morphology',
  }: Partial<CostCorrection> = {},
): CostCorrection[] =>
  Array.from({ length: count }, () => ({ actual, predicted, severity, certainty, confirmedBy }));

const costOf = (severity: Severity): number => DEFAULT_COST_WEIGHTS.severity[severity];
const severity = fc.constantFrom(...SEVERITIES);
const correction = fc.record({
  actual: fc.constantFrom(...MATURITY_STAGES),
  predicted: fc.constantFrom(...MATURITY_STAGES),
  severity,
  certainty: fc.constantFrom(...CERTAINTIES),
  confirmedBy: fc.constantFrom(...CONFIRMATIONS),
});
const matrix = fc
  .array(fc.integer({ min: 0, max: 400 }), { minLength: 16, maxLength: 16 })
  .map((cells): CostTable => {
    const at = (a: number, p: number): number => (a === p ? 0 : (cells[4 * a + p] ?? 0) / 4 + 0.25);
    const row = (a: number): [number, number, number, number] => [at(a, 0), at(a, 1), at(a, 2), at(a, 3)];
    return [row(0), row(1), row(2), row(3)];
  });

describe('proposeCosts', () => {
  it('keeps what nothing is known of', () => {
    const result = proposeCosts({ prior: PRIOR, active: ASYMMETRIC, corrections: [] });
    expect(result.matrix).toEqual(ASYMMETRIC);
    expect(result.posterior).toEqual(PRIOR);
    expect(result.evidence.flat()).toEqual(new Array(16).fill(0));
    expect(result.intervals[2][2]).toEqual([0, 0]);
  });

  it('reads rows as the truth and moves no other cell', () => {
    const { matrix, posterior, evidence } = proposeCosts({
      prior: PRIOR,
      corrections: judged('critical', 5, { actual: 'Early', predicted: 'Benign' }),
    });
    // (5 * 10 + 5 * 30) / 10 = 20, and a quarter above 10 is 12.5.
    expect(posterior[1][0]).toBe(20);
    expect(matrix).toEqual([PRIOR[0], [12.5, 0, 15, 25], PRIOR[2], PRIOR[3]]);
    expect(evidence[1]).toEqual([5, 0, 0, 0]);
    expect(evidence[0]).toEqual([0, 0, 0, 0]);
  });

  it.each([
    { certainty: 'sure', confirmedBy: 'morphology', weight: 1 },
    { certainty: 'sure', confirmedBy: 'cytochemistry', weight: 1.5 },
    { certainty: 'sure', confirmedBy: 'flow-cytometry', weight: 2 },
    { certainty: 'sure', confirmedBy: 'genetics', weight: 2 },
    { certainty: 'probable', confirmedBy: 'morphology', weight: 0.5 },
    { certainty: 'probable', confirmedBy: 'cytochemistry', weight: 0.75 },
    { certainty: 'unsure', confirmedBy: 'genetics', weight: 0.5 },
  ] as const)('weighs $certainty by $confirmedBy $weight', ({ weight, ...how }) => {
    const { evidence, posterior } = proposeCosts({ prior: PRIOR, corrections: judged('none', 1, how) });
    expect(evidence[3][0]).toBe(weight);
    expect(posterior[3][0]).toBeCloseTo((5 * 30) / (5 + weight), 12);
  });

  it.each([
    { severity: 'none', cost: 0 },
    { severity: 'minor', cost: 5 },
    { severity: 'moderate', cost: 10 },
    { severity: 'serious', cost: 20 },
    { severity: 'critical', cost: 30 },
  ] as const)('counts $severity as $cost', ({ severity, cost }) => {
    const { posterior } = proposeCosts({ prior: PRIOR, corrections: judged(severity) });
    expect(posterior[3][0]).toBeCloseTo((5 * 30 + cost) / 6, 12);
  });

  it('skips and counts fields that had been called rightly', () => {
    const corrections = [
      ...judged('critical', 3, { actual: 'Pre', predicted: 'Pre' }),
      ...judged('critical', 2, { actual: 'Benign', predicted: 'Benign' }),
    ];
    expect(proposeCosts({ prior: PRIOR, corrections })).toMatchObject({ matrix: PRIOR, skipped: 5 });
  });

  it('steps from the active matrix towards what the founding one and the evidence say', () => {
    const active: CostTable = [PRIOR[0], PRIOR[1], PRIOR[2], [60, 25, 10, 0]];
    const { matrix, posterior } = proposeCosts({ prior: PRIOR, active, corrections: judged('critical', 4) });
    expect(posterior[3][0]).toBe(30);
    expect(matrix[3]).toEqual([45, 25, 10, 0]);
  });

  it('follows the weights it is given, and returns them', () => {
    const weights = {
      ...DEFAULT_COST_WEIGHTS,
      severity: { ...DEFAULT_COST_WEIGHTS.severity, critical: 60 },
      certainty: { ...DEFAULT_COST_WEIGHTS.certainty, unsure: 0 },
      priorStrength: 1,
    };
    const corrections = [...judged('critical'), ...judged('none', 9, { certainty: 'unsure' })];
    const result = proposeCosts({ prior: PRIOR, corrections, weights });
    expect(result.posterior[3][0]).toBe(45);
    expect(result.evidence[3][0]).toBe(1);
    expect(result.weights).toEqual(weights);
  });

  it('takes judgements without weight for no evidence', () => {
    const weights = { ...DEFAULT_COST_WEIGHTS, certainty: { sure: 1, probable: 0.5, unsure: 0 } };
    const corrections = judged('none', 9, { certainty: 'unsure' });
    const { matrix } = proposeCosts({ prior: PRIOR, active: ASYMMETRIC, corrections, weights });
    expect(matrix).toEqual(ASYMMETRIC);
  });

  it('proposes no matrix under which nothing costs anything', () => {
    const alone = (cost: number): CostTable => [
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [cost, 0, 0, 0],
    ];
    const elsewhere: CostTable = [
      [0, 1, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ];
    const propose = () => proposeCosts({ prior: elsewhere, active: alone(1), corrections: judged('none') });
    expect(propose).toThrow(/^There is nothing to propose: At least one error must cost something\.$/);
    expect(propose).toThrow(DomainError);
  });
});

describe('what the costs learn', () => {
  it('is a step of at most a quarter or 2 from the active matrix, never below 0', () => {
    fc.assert(
      fc.property(matrix, matrix, fc.array(correction, { maxLength: 60 }), (prior, active, corrections) => {
        const result = proposeCosts({ prior, active, corrections });
        result.matrix.forEach((row, a) => {
          row.forEach((cost, p) => {
            const from = active[a]?.[p] ?? 0;
            expect(cost).toBeGreaterThanOrEqual(0);
            expect(Math.abs(cost - from)).toBeLessThanOrEqual(Math.max(0.25 * from, 2) + 1e-9);
            if (result.evidence[a]?.[p] === 0) expect(cost).toBe(from);
          });
        });
      }),
    );
  });

  it('does not depend on the order of the corrections', () => {
    fc.assert(
      fc.property(fc.array(correction, { maxLength: 30 }), (corrections) => {
        const { posterior } = proposeCosts({ prior: PRIOR, corrections });
        const turned = proposeCosts({ prior: PRIOR, corrections: corrections.toReversed() });
        turned.posterior.flat().forEach((cost, i) => {
          expect(cost).toBeCloseTo(posterior.flat()[i] ?? Number.NaN, 9);
        });
      }),
    );
  });

  it('is not how often an error occurs', () => {
    fc.assert(
      fc.property(severity, fc.integer({ min: 1, max: 500 }), (grade, count) => {
        const cost = costOf(grade);
        const prior: CostTable = [PRIOR[0], PRIOR[1], PRIOR[2], [cost, 25, 10, 0]];
        const { matrix } = proposeCosts({ prior, corrections: judged(grade, count) });
        expect(matrix[3][0]).toBeCloseTo(cost, 9);
      }),
    );
  });

  it('comes closer to a severity that all agree on, and never past it', () => {
    fc.assert(
      fc.property(matrix, severity, fc.integer({ min: 0, max: 200 }), (prior, grade, count) => {
        const cost = costOf(grade);
        const costAfter = (n: number) =>
          proposeCosts({ prior, corrections: judged(grade, n) }).posterior[3][0];
        const before = costAfter(count) - cost;
        const after = costAfter(count + 1) - cost;
        expect(Math.abs(after)).toBeLessThanOrEqual(Math.abs(before) + 1e-9);
        expect(before * after).toBeGreaterThanOrEqual(-1e-9);
      }),
    );
  });

  it('converges to the mean severity', () => {
    fc.assert(
      fc.property(matrix, fc.array(severity, { minLength: 1, maxLength: 6 }), (prior, grades) => {
        const corrections = grades.flatMap((grade) => judged(grade, 4000));
        const mean = grades.reduce((sum, grade) => sum + costOf(grade), 0) / grades.length;
        // At most 5 of 4,005 parts are the founding cost, which lies within 101 of the mean.
        expect(Math.abs(proposeCosts({ prior, corrections }).posterior[3][0] - mean)).toBeLessThan(0.13);
      }),
      { numRuns: 20 },
    );
  });

  it('converges to the mean severity when every proposal is approved', () => {
    fc.assert(
      fc.property(matrix, fc.array(severity, { minLength: 1, maxLength: 4 }), (prior, grades) => {
        const mean = grades.reduce((sum, grade) => sum + costOf(grade), 0) / grades.length;
        const corrections: CostCorrection[] = [];
        let active = prior;
        for (let round = 0; round < 40; round++) {
          corrections.push(...grades.flatMap((grade) => judged(grade, 100)));
          active = proposeCosts({ prior, active, corrections }).matrix;
        }
        // At most 5 of 4,005 parts are the founding cost.
        expect(Math.abs(active[3][0] - mean)).toBeLessThan(0.13);
      }),
      { numRuns: 20 },
    );
  });

  it('converges just so in the figures that are approved, never by more than a step', () => {
    fc.assert(
      fc.property(matrix, fc.array(severity, { minLength: 1, maxLength: 4 }), (prior, grades) => {
        const corrections = grades.flatMap((grade) => judged(grade, 1, { confirmedBy: 'genetics' }));
        // Four thousand judgements of each grade, in one.
        const confirmedBy = { ...DEFAULT_COST_WEIGHTS.confirmedBy, genetics: 4000 };
        const weights = { ...DEFAULT_COST_WEIGHTS, confirmedBy };
        let active = prior;
        for (let round = 0; round < 40; round++) {
          const from = active;
          active = roundProposal(proposeCosts({ prior, active: from, corrections, weights }).matrix, from);
          const reach = Math.max(0.25 * from[3][0], 2);
          expect(Math.abs(active[3][0] - from[3][0])).toBeLessThanOrEqual(reach + 1e-9);
        }
        const mean = grades.reduce((sum, grade) => sum + costOf(grade), 0) / grades.length;
        // The founding cost's part and a unit of the fourth figure of at most 30.
        expect(Math.abs(active[3][0] - mean)).toBeLessThan(0.13 + 0.01);
      }),
      { numRuns: 20 },
    );
  });
});

describe('costWeightsSchema', () => {
  it.each([
    ['a graver error that costs less', { severity: { ...DEFAULT_COST_WEIGHTS.severity, minor: 11 } }],
    [
      'a scale without a difference',
      { severity: { none: 1, minor: 1, moderate: 1, serious: 1, critical: 1 } },
    ],
    ['a negative weight', { certainty: { ...DEFAULT_COST_WEIGHTS.certainty, unsure: -1 } }],
    ['no prior', { priorStrength: 0 }],
    ['no step', { step: { share: 0, cost: 0 } }],
    ['a step beyond the cost', { step: { share: 1.1, cost: 2 } }],
  ])('refuses %s', (_name, change) => {
    expect(costWeightsSchema.safeParse({ ...DEFAULT_COST_WEIGHTS, ...change }).success).toBe(false);
  });

  it('takes the defaults', () => {
    expect(costWeightsSchema.parse(DEFAULT_COST_WEIGHTS)).toEqual(DEFAULT_COST_WEIGHTS);
  });
});

describe('one error judged by several readers', () => {
  const of = (field: string, corrections: CostCorrection[]) => corrections.map((c) => ({ ...c, field }));

  it('weighs as its heaviest judgement and costs their weighted mean', () => {
    const { posterior, evidence } = proposeCosts({
      prior: PRIOR,
      corrections: of('a', [...judged('critical'), ...judged('none', 1, { certainty: 'probable' })]),
    });
    // (1 * 30 + .5 * 0) / 1.5 = 20 with weight 1, beside five times the founding 30.
    expect(evidence[3][0]).toBe(1);
    expect(posterior[3][0]).toBeCloseTo((5 * 30 + 20) / 6, 12);
  });

  it('counts no more for being read again, and apart from other fields and cells', () => {
    const twice = proposeCosts({ prior: PRIOR, corrections: of('a', judged('minor', 2)) });
    const once = proposeCosts({ prior: PRIOR, corrections: judged('minor') });
    expect(twice).toEqual(once);
    const { evidence } = proposeCosts({
      prior: PRIOR,
      corrections: [
        ...of('a', [...judged('minor'), ...judged('minor', 1, { predicted: 'Pre' })]),
        ...of('b', judged('minor')),
      ],
    });
    expect(evidence[3]).toEqual([2, 0, 1, 0]);
  });

  it('says nothing where its judgements weigh nothing', () => {
    const weights = { ...DEFAULT_COST_WEIGHTS, certainty: { sure: 0, probable: 0, unsure: 0 } };
    const { matrix } = proposeCosts({ prior: PRIOR, weights, corrections: of('a', judged('none', 2)) });
    expect(matrix).toEqual(PRIOR);
  });
});
