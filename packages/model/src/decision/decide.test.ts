import {
  type CostMatrix,
  MATURITY_STAGES,
  type MaturityStage,
  STUDY_COSTS,
  type StageVector,
  stageIndex,
} from '@blastwise/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, type Evidence, minimumRisk, mostProbable } from './decide.ts';
import { expectedCosts } from './expected-costs.ts';

const MISSES_COST_MORE: CostMatrix = {
  ...STUDY_COSTS,
  matrix: [
    [0, 10, 20, 30],
    [40, 0, 15, 25],
    [60, 15, 0, 10],
    [90, 25, 10, 0],
  ],
};

/** An assessable field of which the model says no more. */
const PLAIN: Evidence = { assessable: true, reasons: [], predictionSet: null, outOfDistribution: null };
const NO_CELLS: Evidence = { ...PLAIN, assessable: false, reasons: ['no-white-cells'] };

const probabilities = fc
  .tuple(...[0, 1, 2, 3].map(() => fc.double({ min: 0, max: 1, noNaN: true })))
  .filter((p) => p.some((x) => x > 1e-6))
  .map((p): StageVector => {
    const [a = 0, b = 0, c = 0, d = 0] = p;
    const sum = a + b + c + d;
    return [a / sum, b / sum, c / sum, d / sum];
  });
const cost = fc.integer({ min: 0, max: 1000 }).map((x) => x / 4);
const costMatrix = fc
  .record({ cells: fc.array(cost, { minLength: 16, maxLength: 16 }), referralCost: cost })
  .map(({ cells, referralCost }): CostMatrix => {
    const at = (a: number, p: number): number => (a === p ? 0 : (cells[4 * a + p] ?? 0) + 0.25);
    const row = (a: number): [number, number, number, number] => [at(a, 0), at(a, 1), at(a, 2), at(a, 3)];
    return { stages: [...MATURITY_STAGES], matrix: [row(0), row(1), row(2), row(3)], referralCost };
  });
const scaled = (costs: CostMatrix, k: number): CostMatrix => {
  const row = ([a, b, c, d]: readonly [number, number, number, number]): [number, number, number, number] => [
    a * k,
    b * k,
    c * k,
    d * k,
  ];
  const [r0, r1, r2, r3] = costs.matrix;
  return { ...costs, matrix: [row(r0), row(r1), row(r2), row(r3)], referralCost: costs.referralCost * k };
};
/** Written out again, apart from the product's: the row is the true stage. */
const costOf = (p: StageVector, { matrix }: CostMatrix, stage: MaturityStage): number =>
  p.reduce((sum, share, actual) => sum + share * (matrix[actual]?.[stageIndex(stage)] ?? Number.NaN), 0);

describe('expectedCosts', () => {
  it('weighs rows of the true stage by their probability', () => {
    // Called Benign: .2*40 + .3*60 + .4*90 = 62; called Early: .1*10 + .3*15 + .4*25 = 15.5; Pre: 2+3+4; Pro: 3+5+3.
    expect(
      expectedCosts([0.1, 0.2, 0.3, 0.4], MISSES_COST_MORE).map((x) => Math.round(x * 1e9) / 1e9),
    ).toEqual([62, 15.5, 9, 11]);
  });
});

describe('decide', () => {
  it('calls a probable Benign Early when a miss costs four times a false alarm', () => {
    const p: StageVector = [0.7, 0.3, 0, 0];
    expect(mostProbable(p)).toBe('Benign');
    expect(decide(p, STUDY_COSTS, PLAIN).stage).toBe('Benign');
    expect(decide(p, MISSES_COST_MORE, PLAIN).stage).toBe('Early');
  });

  it.each([
    { referralCost: 2.4, defer: true },
    { referralCost: 2.5, defer: false },
    { referralCost: 2.6, defer: false },
  ])('defers above the referral cost only: $referralCost', ({ referralCost, defer }) => {
    const decision = decide([0.75, 0.25, 0, 0], { ...STUDY_COSTS, referralCost }, PLAIN);
    expect(decision.defer).toBe(defer);
    expect(decision.stage).toBe('Benign');
    expect(decision.reasons).toEqual(defer ? ['expected-cost-above-referral'] : []);
  });

  it('gives no stage to a field that cannot be assessed', () => {
    const decision = decide([1, 0, 0, 0], STUDY_COSTS, NO_CELLS);
    expect(decision).toMatchObject({ stage: null, defer: false, reasons: ['no-white-cells'] });
    expect(decision.expectedCosts).toEqual({ Benign: 0, Early: 10, Pre: 20, Pro: 30 });
  });

  it.each<{ evidence: Partial<Evidence>; expected: object }>([
    {
      evidence: { outOfDistribution: { score: 1.2, flag: true } },
      expected: { stage: 'Pre', defer: true, reasons: ['out-of-distribution'] },
    },
    {
      evidence: { outOfDistribution: { score: 0.9, flag: false }, predictionSet: ['Pre'] },
      expected: { stage: 'Pre', defer: false, reasons: [] },
    },
    {
      evidence: { predictionSet: ['Pre', 'Pro'] },
      expected: { stage: 'Pre', defer: true, reasons: ['several-stages-possible'] },
    },
    {
      evidence: { predictionSet: ['Pre', 'Pro'], outOfDistribution: { score: 3, flag: true } },
      expected: { defer: true, reasons: ['out-of-distribution', 'several-stages-possible'] },
    },
    // Without a stage to doubt, only the reasons of the analysis are told.
    {
      evidence: {
        assessable: false,
        reasons: ['blank', 'no-white-cells'],
        predictionSet: ['Early', 'Pre'],
        outOfDistribution: { score: 3, flag: true },
      },
      expected: { stage: null, defer: false, reasons: ['blank', 'no-white-cells'] },
    },
  ])('asks for review, and never hides the stage: $evidence', ({ evidence, expected }) => {
    expect(decide([0, 0, 1, 0], STUDY_COSTS, { ...PLAIN, ...evidence })).toMatchObject(expected);
  });

  it('gives equal costs to the more probable stage, then to the first in order', () => {
    const free: CostMatrix = {
      ...STUDY_COSTS,
      matrix: [
        [0, 1, 1, 1],
        [1, 0, 1, 1],
        [1, 1, 0, 1],
        [0, 1, 1, 0],
      ],
    };
    expect(minimumRisk([0, 0, 0, 1], free)).toBe('Pro');
    expect(minimumRisk([0, 0.5, 0.5, 0], free)).toBe('Early');
  });

  it('never falls back to a stage when a probability is no number', () => {
    for (const p of [
      [Number.NaN, 0, 0, 1],
      [Number.NaN, Number.NaN, Number.NaN, Number.NaN],
    ] as const) {
      expect(() => mostProbable(p)).toThrow('no answer');
      expect(() => minimumRisk(p, STUDY_COSTS)).toThrow('no answer');
      for (const evidence of [PLAIN, NO_CELLS])
        expect(() => decide(p, STUDY_COSTS, evidence)).toThrow('no answer');
    }
  });

  it('is unmoved by a common factor on all costs', () => {
    fc.assert(
      fc.property(probabilities, costMatrix, fc.integer({ min: -20, max: 20 }), (p, costs, power) => {
        const { expectedCosts: _, ...decision } = decide(p, costs, PLAIN);
        const { expectedCosts: __, ...again } = decide(p, scaled(costs, 2 ** power * 3), PLAIN);
        expect(again).toEqual(decision);
      }),
    );
  });

  it('never expects to cost more than the most probable stage, nor than any other', () => {
    fc.assert(
      fc.property(probabilities, costMatrix, (p, costs) => {
        const chosen = costOf(p, costs, minimumRisk(p, costs));
        expect(chosen).toBeLessThanOrEqual(costOf(p, costs, mostProbable(p)) + 1e-9);
        for (const stage of MATURITY_STAGES)
          expect(chosen).toBeLessThanOrEqual(costOf(p, costs, stage) + 1e-9);
      }),
    );
  });

  it('decides the stage of a certain field', () => {
    fc.assert(
      fc.property(fc.constantFrom(...MATURITY_STAGES), costMatrix, (stage, costs) => {
        const [a, b, c, d] = MATURITY_STAGES.map((s) => (s === stage ? 1 : 0));
        const decision = decide([a ?? 0, b ?? 0, c ?? 0, d ?? 0], costs, PLAIN);
        expect(decision).toMatchObject({ stage, defer: false });
      }),
    );
  });
});
