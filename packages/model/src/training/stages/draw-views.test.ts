import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../random/index.ts';
import { emptyView } from '../cache/index.ts';
import type { TrainingViewKind } from '../views/index.ts';
import { viewDrawer } from './draw-views.ts';

function cached(kind: TrainingViewKind, copy: number, donors: readonly number[]) {
  const plan = { name: `train-${kind}-${copy}`, use: 'train' as const, kind, sides: [] };
  const view = emptyView(plan, [...donors.keys()], { mapLength: 1, unetLength: 1 });
  view.donors.set(donors);
  return view;
}

describe('viewDrawer', () => {
  const views = [
    cached('plain', 0, [-1, -1, -1]),
    cached('plain', 1, [-1, -1, -1]),
    cached('recoloured', 0, [1, 2, 0]),
  ];
  const shares = [
    { kind: 'plain' as const, copies: 2, share: 0.5 },
    { kind: 'recoloured' as const, copies: 1, share: 0.5 },
  ];
  const draws = (field: number, isTraining: (f: number) => boolean) => {
    const draw = viewDrawer(views, { views: shares }, isTraining);
    const random = seededRandom(1);
    const counts = new Map<string, number>();
    for (let i = 0; i < 4000; i++) {
      const { view, row } = draw(field, random);
      expect(view.fields[row]).toBe(field);
      counts.set(view.name, (counts.get(view.name) ?? 0) + 1 / 4000);
    }
    return counts;
  };

  it('draws the kinds by their shares, the copies of one kind alike', () => {
    const counts = draws(0, () => true);
    expect(counts.get('train-plain-0')).toBeCloseTo(0.25, 1);
    expect(counts.get('train-plain-1')).toBeCloseTo(0.25, 1);
    expect(counts.get('train-recoloured-0')).toBeCloseTo(0.5, 1);
  });

  it('never draws a row that shows something of a field held out', () => {
    const counts = draws(0, (field) => field !== 1);
    expect([...counts.keys()].sort()).toEqual(['train-plain-0', 'train-plain-1']);
    expect(draws(2, (field) => field !== 1).get('train-recoloured-0')).toBeGreaterThan(0.4);
    const held = viewDrawer(views, { views: shares }, (field) => field !== 1);
    expect(() => held(1, seededRandom(1))).toThrow(RangeError);
  });
});
