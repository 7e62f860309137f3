import { MATURITY_STAGES, type MaturityStage, type StageVector } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random/index.ts';
import { calibrate, softmax } from './calibrate.ts';
import { fitCalibration } from './fit.ts';
import { solve } from './solve.ts';

const total = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** Logits whose true probabilities are `softmax(logits / temperature + bias)`. */
function simulated(n: number, temperature: number, bias: StageVector, spread: number) {
  const random = seededRandom(11);
  const logits: StageVector[] = [];
  const labels: MaturityStage[] = [];
  for (let i = 0; i < n; i++) {
    const z: StageVector = [random.normal(), random.normal(), random.normal(), random.normal()];
    const scaled: StageVector = [z[0] * spread, z[1] * spread, z[2] * spread, z[3] * spread];
    let u = random.next();
    const stage = calibrate(scaled, { temperature, bias }).findIndex((p) => {
      u -= p;
      return u < 0;
    });
    logits.push(scaled);
    labels.push(MATURITY_STAGES[stage] ?? 'Pro');
  }
  return { logits, labels };
}

describe('calibrate', () => {
  it('divides by the temperature and adds the bias', () => {
    const ln = Math.log;
    const p = calibrate([2 * ln(1), 2 * ln(2), 2 * ln(3), 2 * ln(2)], {
      temperature: 2,
      bias: [ln(2), 0, 0, 0],
    });
    // Weights 2, 2, 3, 2.
    expect(p.map((x) => x * 9)).toEqual([2, 2, 3, 2].map((x) => expect.closeTo(x, 12)));
  });

  it('survives huge logits', () => {
    expect(softmax([1e4, -1e4, 0, 1e4])).toEqual([0.5, 0, 0, 0.5]);
  });
});

describe('fitCalibration', () => {
  it.each([
    { temperature: 2.5, bias: [0.5, -0.2, -0.6, 0.3] as const, spread: 5 },
    { temperature: 0.5, bias: [-1, 0.25, 0.25, 0.5] as const, spread: 1 },
    { temperature: 1, bias: [0, 0, 0, 0] as const, spread: 2 },
  ])('recovers temperature $temperature and its bias', ({ temperature, bias, spread }) => {
    const { logits, labels } = simulated(20_000, temperature, bias, spread);
    const fitted = fitCalibration(logits, labels);
    expect(fitted.temperature / temperature).toBeCloseTo(1, 1);
    expect(total(fitted.bias)).toBeCloseTo(0, 9);
    fitted.bias.forEach((b, i) => {
      expect(Math.abs(b - (bias[i] ?? 0))).toBeLessThan(0.08);
    });
  });

  it('gives back the stage shares when logits say nothing, shrunk by one field at most', () => {
    const labels = MATURITY_STAGES.flatMap((stage, i) => new Array<MaturityStage>((i + 1) * 100).fill(stage));
    const blank = labels.map((): StageVector => [0, 0, 0, 0]);
    const fitted = fitCalibration(blank, labels);
    expect(fitted.prior).toEqual([0.1, 0.2, 0.3, 0.4]);
    calibrate([0, 0, 0, 0], fitted).forEach((p, i) => {
      expect(p).toBeCloseTo((i + 1) / 10, 2);
    });
  });

  it('makes the mean probability equal the share of each stage, whatever weights trained the network', () => {
    const { logits, labels } = simulated(4000, 2, [1.5, 0, -0.5, -1], 3);
    const fitted = fitCalibration(logits, labels);
    const means = [0, 1, 2, 3].map(
      (i) => total(logits.map((z) => calibrate(z, fitted)[i] ?? 0)) / logits.length,
    );
    means.forEach((mean, i) => {
      expect(Math.abs(mean - (fitted.prior[i] ?? 0))).toBeLessThan(5e-3);
    });
  });

  it('stays finite on separable data', () => {
    const labels = Array.from({ length: 80 }, (_, i) => MATURITY_STAGES[i % 4] ?? 'Pro');
    const logits = labels.map((stage): StageVector => {
      const at = (s: MaturityStage): number => (s === stage ? 5 : 0);
      return [at('Benign'), at('Early'), at('Pre'), at('Pro')];
    });
    const { temperature, bias } = fitCalibration(logits, labels);
    expect(temperature).toBeGreaterThan(0.3);
    expect(temperature).toBeLessThan(1);
    expect(Math.max(...bias.map(Math.abs))).toBeLessThan(1e-6);
    expect(fitCalibration(logits, labels)).toEqual(fitCalibration(logits, labels));
  });

  it('keeps a positive temperature when the logits mislead', () => {
    const labels: MaturityStage[] = ['Benign', 'Early', 'Benign', 'Early'];
    const wrong = labels.map((stage): StageVector => (stage === 'Benign' ? [0, 9, 0, 0] : [9, 0, 0, 0]));
    const { temperature } = fitCalibration(wrong, labels);
    expect(temperature).toBeGreaterThan(1);
    expect(temperature).toBeLessThanOrEqual(50);
  });

  it('refuses logits without labels', () => {
    expect(() => fitCalibration([], [])).toThrow(/one label/);
    expect(() => fitCalibration([[0, 0, 0, 0]], [])).toThrow(/one label/);
  });
});

describe('solve', () => {
  it('solves a symmetric system', () => {
    // 4x + 2y = 8, 2x + 3y = 8: x = 1, y = 2.
    expect(
      solve(
        [
          [4, 2],
          [2, 3],
        ],
        [8, 8],
      ),
    ).toEqual([expect.closeTo(1, 12), expect.closeTo(2, 12)]);
  });
});
