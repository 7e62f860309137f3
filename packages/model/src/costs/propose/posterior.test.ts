import { DEFAULT_COST_WEIGHTS } from '@blastwise/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { posteriorOf, severitySpread } from './posterior.ts';

const NOTHING = { weight: 0, weightedCost: 0 };
const WEIGHTS = DEFAULT_COST_WEIGHTS;
const cost = fc.double({ min: 0, max: 1000, noNaN: true });
const evidence = fc
  .record({ weight: fc.double({ min: 0, max: 1e4, noNaN: true }), mean: cost })
  .map(({ weight, mean }) => ({ weight, weightedCost: weight * mean }));

describe('severitySpread', () => {
  it('is the standard deviation of the scale', () => {
    // Mean 13; squared distances 169, 64, 9, 49 and 289 have the mean 116.
    expect(severitySpread(WEIGHTS)).toBeCloseTo(Math.sqrt(116), 12);
  });
});

describe('posteriorOf', () => {
  const half = (strength: number) => 1.959963984540054 * Math.sqrt(116 / strength);

  it.each([
    {
      name: 'the founding cost',
      prior: 30,
      known: NOTHING,
      mean: 30,
      lower: 30 - half(5),
      upper: 30 + half(5),
    },
    // (5 * 10 + 2 * 30 + 0.5 * 20) / (5 + 2.5) = 120 / 7.5
    {
      name: 'weighted judgements',
      prior: 10,
      known: { weight: 2.5, weightedCost: 70 },
      mean: 16,
      lower: 16 - half(7.5),
      upper: 16 + half(7.5),
    },
    // (5 * 10 + 5 * 0) / 10, and 5 - 6.68 is below 0.
    {
      name: 'harmless errors',
      prior: 10,
      known: { weight: 5, weightedCost: 0 },
      mean: 5,
      lower: 0,
      upper: 5 + half(10),
    },
    { name: 'a free error', prior: 0, known: NOTHING, mean: 0, lower: 0, upper: half(5) },
  ])('shrinks towards the founding cost: $name', ({ prior, known, mean, lower, upper }) => {
    const posterior = posteriorOf(prior, known, WEIGHTS);
    expect(posterior.mean).toBeCloseTo(mean, 12);
    expect(posterior.interval[0]).toBeCloseTo(lower, 12);
    expect(posterior.interval[1]).toBeCloseTo(upper, 12);
  });

  it('gives a finite interval around the mean, never below 0', () => {
    fc.assert(
      fc.property(
        cost,
        evidence,
        fc.double({ min: 1e-3, max: 1e4, noNaN: true }),
        (prior, known, priorStrength) => {
          const { mean, interval } = posteriorOf(prior, known, { ...WEIGHTS, priorStrength });
          expect(interval.every(Number.isFinite)).toBe(true);
          expect(interval[0]).toBeGreaterThanOrEqual(0);
          expect(mean).toBeGreaterThanOrEqual(interval[0]);
          expect(mean).toBeLessThanOrEqual(interval[1]);
        },
      ),
    );
  });

  it('knows more with every judgement', () => {
    fc.assert(
      fc.property(cost, evidence, fc.constantFrom(0.25, 1, 4), cost, (prior, known, weight, judged) => {
        const more = { weight: known.weight + weight, weightedCost: known.weightedCost + weight * judged };
        const reach = (seen: typeof known) => {
          const { mean, interval } = posteriorOf(prior, seen, WEIGHTS);
          return interval[1] - mean;
        };
        expect(reach(more)).toBeLessThan(reach(known));
      }),
    );
  });

  it('scales with the unit of the costs', () => {
    const { none, minor, moderate, serious, critical } = WEIGHTS.severity;
    const severity = {
      none: none * 8,
      minor: minor * 8,
      moderate: moderate * 8,
      serious: serious * 8,
      critical: critical * 8,
    };
    const once = posteriorOf(10, { weight: 3, weightedCost: 40 }, WEIGHTS);
    const scaled = posteriorOf(80, { weight: 3, weightedCost: 320 }, { ...WEIGHTS, severity });
    expect(scaled.mean).toBeCloseTo(8 * once.mean, 10);
    expect(scaled.interval[1]).toBeCloseTo(8 * once.interval[1], 10);
  });
});
