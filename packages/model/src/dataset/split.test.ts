import { MATURITY_STAGES } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { findLeaks, refuseLeaks } from './leaks.ts';
import { parseSplit, type Split, type SplitField, withTestFold } from './manifest.ts';
import { SIDES, sidesOfFold, splitByGroup, splitFolds, splitRandomly } from './split.ts';

const fields = (sizes: readonly number[]) =>
  MATURITY_STAGES.flatMap((stage, s) =>
    Array.from({ length: sizes[s] ?? 0 }, (_, i) => ({ stage, group: `${stage}-${Math.floor(i / 20)}` })),
  );
const published = fields([504, 985, 963, 804]);

describe('splitRandomly', () => {
  it('gives the published counts', () => {
    const sides = splitRandomly(published, 1);
    expect(SIDES.map((side) => sides.filter((s) => s === side).length)).toEqual([2086, 652, 0, 518]);
    const test = MATURITY_STAGES.map(
      (stage) => published.filter((f, i) => f.stage === stage && sides[i] === 'test').length,
    );
    expect(test).toEqual([80, 157, 153, 128]);
  });

  it('depends on the seed alone', () => {
    expect(splitRandomly(published, 5)).toEqual(splitRandomly(published, 5));
    expect(splitRandomly(published, 5)).not.toEqual(splitRandomly(published, 6));
  });
});

describe('splitByGroup', () => {
  it.each([1, 2, 3, 4, 5])('keeps groups whole and every stage near its shares, seed %i', (seed) => {
    const sides = splitByGroup(published, seed);
    const ofGroup = new Map<string, Set<string>>();
    published.forEach(({ group }, i) => {
      ofGroup.set(group, (ofGroup.get(group) ?? new Set()).add(sides[i] ?? ''));
    });
    for (const seen of ofGroup.values()) expect(seen.size).toBe(1);
    for (const stage of MATURITY_STAGES) {
      const own = sides.filter((_, i) => published[i]?.stage === stage);
      const share = (side: string): number => own.filter((s) => s === side).length / own.length;
      expect(Math.abs(share('train') - 0.8)).toBeLessThan(0.06);
      for (const side of ['validation', 'calibration', 'test'])
        expect(Math.abs(share(side) - 0.07)).toBeLessThan(0.05);
    }
  });

  it.each([1, 2, 3, 4, 5])('gives a group that is most of a small side to training, seed %i', (seed) => {
    const look = Array.from({ length: 60 }, () => ({ stage: 'Early' as const, group: 'one look' }));
    const single = MATURITY_STAGES.flatMap((stage) =>
      Array.from({ length: 200 }, (_, i) => ({ stage, group: `${stage}-${Math.floor(i / 2)}` })),
    );
    const sides = splitByGroup([...look, ...single], seed);
    expect(new Set(sides.slice(0, look.length))).toEqual(new Set(['train']));
  });

  it.each([1, 2, 3])('fills every side where all groups are large, seed %i', (seed) => {
    const few = MATURITY_STAGES.flatMap((stage) =>
      Array.from({ length: 40 }, (_, i) => ({ stage, group: `${stage}-${Math.floor(i / 8)}` })),
    );
    expect(new Set(splitByGroup(few, seed))).toEqual(new Set(SIDES));
  });
});

describe('splitFolds', () => {
  it('fills every fold with every stage', () => {
    const folds = splitFolds(published, 5, 1);
    for (let fold = 0; fold < 5; fold++)
      for (const stage of MATURITY_STAGES) {
        const n = published.filter((f, i) => f.stage === stage && folds[i] === fold).length;
        const all = published.filter((f) => f.stage === stage).length;
        expect(Math.abs(n / all - 0.2)).toBeLessThan(0.06);
      }
  });
});

describe('sidesOfFold', () => {
  it('holds out one fold whole and deals the rest by groups', () => {
    const folds = splitFolds(published, 5, 1);
    for (let held = 0; held < 5; held++) {
      const sides = sidesOfFold(published, folds, held, 1);
      sides.forEach((side, i) => {
        expect(side === 'test').toBe(folds[i] === held);
      });
      const ofGroup = new Map<string, Set<string>>();
      published.forEach(({ group }, i) => {
        ofGroup.set(group, (ofGroup.get(group) ?? new Set()).add(sides[i] ?? ''));
      });
      for (const seen of ofGroup.values()) expect(seen.size).toBe(1);
      for (const side of SIDES)
        expect(new Set(published.filter((_, i) => sides[i] === side).map((f) => f.stage)).size).toBe(4);
    }
  });
});

const hash = (digit: string): string => digit.repeat(64);
const field = (path: string, side: SplitField['side'], group: string, digit: string): SplitField => ({
  path,
  stage: 'Pro',
  side,
  group,
  sha256: hash(digit),
});

describe('leaks', () => {
  const clean = [field('Pro/a', 'train', 'g1', 'a'), field('Pro/b', 'test', 'g2', 'b')];
  const pair = { a: 0, b: 1, kind: 'near', turn: 'none', correlation: 0.9 } as const;

  it('passes a clean split', () => expect(findLeaks(clean)).toEqual([]));

  it.each([
    ['same content', [...clean, field('Pro/c', 'validation', 'g3', 'a')], []],
    ['same group', [...clean, field('Pro/c', 'validation', 'g1', 'c')], []],
    ['near-duplicates', clean, [pair]],
  ] as const)('names the pair: %s', (reason, entries, pairs) => {
    expect(findLeaks(entries, pairs)).toMatchObject([{ a: { path: 'Pro/a' }, reason }]);
    expect(() => refuseLeaks(entries, pairs)).toThrow(expect.objectContaining({ code: 'LEAK_FOUND' }));
    expect(() => refuseLeaks(entries, pairs)).toThrow(/Pro\/a \(train\) and Pro\/[bc] \((test|validation)\)/);
  });
});

describe('parseSplit', () => {
  const split: Split = {
    version: 1,
    strategy: 'kfold',
    seed: 1,
    folds: 3,
    fields: [0, 1, 2].map((fold) => ({ ...field(`Pro/${fold}`, 'train', `g${fold}`, 'a'), fold })),
  };

  it('reads what is written', () => expect(parseSplit(JSON.stringify(split))).toEqual(split));

  it('names what is wrong', () => {
    const bad = { ...split, fields: [{ ...split.fields[0], sha256: 'x' }] };
    expect(() => parseSplit(JSON.stringify(bad), 's.json')).toThrow(
      /s\.json is not valid at fields\.0\.sha256/,
    );
    expect(() => parseSplit('{', 's.json')).toThrow('The split s.json is not valid JSON.');
  });

  it('turns the folds', () => {
    expect(withTestFold(split, 2).fields.map(({ side }) => side)).toEqual(['validation', 'train', 'test']);
    expect(() => withTestFold(split, 3)).toThrow('no fold 3');
  });
});
