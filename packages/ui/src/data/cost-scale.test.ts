import { expect, it } from 'vitest';
import { costScale } from './cost-scale.ts';

it('puts the largest cost at nine tenths and the rest in proportion', () => {
  const scale = costScale({ Benign: 20, Early: 10, Pre: 5, Pro: 0 }, 2.5);
  expect(scale.bars).toEqual({ Benign: 0.9, Early: 0.45, Pre: 0.225, Pro: 0 });
  expect(scale.referral).toBeCloseTo(0.1125);
});

it('keeps a referral cost above every bar inside the axis', () =>
  expect(costScale({ Benign: 1, Early: 1, Pre: 1, Pro: 1 }, 4).referral).toBe(0.9));

it('draws nothing when nothing costs anything', () =>
  expect(costScale({ Benign: 0, Early: 0, Pre: 0, Pro: 0 }, 0)).toEqual({
    bars: { Benign: 0, Early: 0, Pre: 0, Pro: 0 },
    referral: 0,
  }));
