import type { MaturityStage, StageVector } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { calibrationFigures } from './figures.ts';
import { reliabilityPlot } from './reliability-plot.ts';

const ln = Math.log;
/** Logits whose probabilities are 3/4 for Benign and a twelfth for each other stage. */
const sure: StageVector = [ln(9), 0, 0, 0];
const logits = [sure, sure, sure, sure];
const labels: MaturityStage[] = ['Benign', 'Benign', 'Early', 'Pro'];

describe('calibrationFigures', () => {
  it('equal the values worked by hand, before and after', () => {
    const { before, after } = calibrationFigures(logits, labels, { temperature: 2, bias: [0, 0, 0, 0] });
    // Top probability .75, half of them right. Brier: .25² + 3/144 when right; .75² + (11/12)² + 2/144 when wrong.
    expect(before.ece).toBeCloseTo(0.25, 12);
    expect(before.brier).toBeCloseTo((0.0625 + 3 / 144 + 0.5625 + 121 / 144 + 2 / 144) / 2, 12);
    expect(before.nll).toBeCloseTo((ln(4 / 3) + ln(12)) / 2, 12);
    // At temperature 2 the weights are 3, 1, 1, 1: top probability .5, as often right.
    expect(after.ece).toBeCloseTo(0, 12);
    expect(after.nll).toBeCloseTo((ln(2) + ln(6)) / 2, 12);
    const filled = before.bins.filter(({ n }) => n > 0);
    expect(filled).toEqual([expect.objectContaining({ n: 4, accuracy: 0.5, from: 11 / 15, to: 12 / 15 })]);
    expect(filled[0]?.confidence).toBeCloseTo(0.75, 12);
    expect(before.bins.find(({ n }) => n === 0)).toMatchObject({ confidence: null, lower: 0, upper: 1 });
  });

  it('refuses fields without labels', () => {
    expect(() => calibrationFigures(logits, [], { temperature: 1, bias: [0, 0, 0, 0] })).toThrow('one label');
  });
});

describe('reliabilityPlot', () => {
  it('draws a panel before and after, a mark for each filled bin, and the figures', () => {
    const svg = reliabilityPlot(calibrationFigures(logits, labels, { temperature: 2, bias: [0, 0, 0, 0] }));
    expect(svg.match(/<circle/g)).toHaveLength(2);
    expect(svg).toContain('Before calibration (4 fields)');
    expect(svg).toContain('ECE 0.2500');
    expect(svg).toContain('ECE 0.0000');
    expect(svg).not.toMatch(/NaN|undefined/);
  });
});
