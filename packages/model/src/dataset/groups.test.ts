import type { MaturityStage } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random/index.ts';
import { groupFields, largestGroup } from './groups.ts';
import { LOOK_LENGTH } from './look.ts';
import { components } from './union-find.ts';
import { cutTree, wardTree } from './ward.ts';

describe('wardTree', () => {
  it('merges the closest first and keeps far points apart', () => {
    const tree = wardTree([[0], [10], [1], [11], [30]], [1, 1, 1, 1, 1]);
    const cut = cutTree(tree, 2).map(({ members }) => [...members].sort());
    expect(cut).toHaveLength(3);
    expect(cut).toEqual(expect.arrayContaining([[0, 2], [1, 3], [4]]));
  });

  it('counts a point by its weight', () => {
    const tree = wardTree([[0], [1], [5]], [3, 1, 1]);
    expect(
      cutTree(tree, 4)
        .map(({ weight }) => weight)
        .sort(),
    ).toEqual([1, 4]);
  });

  it.each([0, 1])('takes %i points', (n) => {
    expect(cutTree(wardTree(new Array(n).fill([1]), []), 5)).toHaveLength(n);
  });
});

describe('components', () => {
  it('names each by its lowest member', () => {
    expect(
      components(6, [
        [4, 1],
        [5, 4],
        [2, 3],
      ]),
    ).toEqual([0, 1, 2, 2, 1, 1]);
  });
});

/** `counts[k]` fields of look `k`, one stage, mixed by number. */
function looks(stage: MaturityStage, counts: readonly number[], seed: number) {
  const random = seededRandom(seed);
  const kinds = random.shuffle(counts.flatMap((n, kind) => new Array<number>(n).fill(kind)));
  const centres = counts.map(() => Array.from({ length: LOOK_LENGTH }, () => 40 * random.normal()));
  return kinds.map((kind) => ({
    stage,
    kind,
    look: centres[kind]?.map((x) => x + random.normal()) ?? [],
  }));
}

describe('groupFields', () => {
  const fields = [...looks('Early', new Array(20).fill(16), 1), ...looks('Pro', new Array(10).fill(10), 2)];

  it('keeps fields of one look together and looks apart', () => {
    const groups = groupFields(fields, [], 'looks');
    for (const stage of ['Early', 'Pro'] as const) {
      const pure = new Map<string, Set<number>>();
      fields.forEach((field, i) => {
        if (field.stage !== stage) return;
        const name = groups[i] ?? '';
        pure.set(name, (pure.get(name) ?? new Set()).add(field.kind));
      });
      const purity = [...pure.values()].filter((kinds) => kinds.size === 1).length / pure.size;
      expect(purity).toBe(1);
    }
  });

  it('is the same for the same fields and never mixes stages without a duplicate', () => {
    const groups = groupFields(fields, [], 'looks');
    expect(groupFields(fields, [], 'looks')).toEqual(groups);
    groups.forEach((name, i) => {
      expect(name.startsWith(fields[i]?.stage ?? '')).toBe(true);
    });
  });

  it('joins duplicates, across stages too', () => {
    const pair = { kind: 'near', turn: 'none', correlation: 1 } as const;
    const groups = groupFields(
      fields,
      [
        { a: 0, b: 17, ...pair },
        { a: 3, b: 330, ...pair },
      ],
      'looks',
    );
    expect(groups[17]).toBe(groups[0]);
    expect(groups[330]).toBe(groups[3]);
  });

  it.each([
    ['near ones', 12, 2, true],
    ['the ones of a chain', 24, 3, true],
    ['far ones', 13, 2, false],
  ])('among neighbours, joins %s of one look', (_, last, members, together) => {
    // One stage of three looks in turns; of the first look only `members` fields, evenly spread up to `last`.
    const step = last / (members - 1);
    const line = Array.from({ length: 60 }, (_, i) => {
      const first = i <= last && i % step === 0;
      const kind = first ? 0 : 1 + (i % 2);
      return { stage: 'Pre' as const, look: new Array<number>(LOOK_LENGTH).fill(100 * kind + i / 60) };
    });
    const groups = groupFields(line, [], 'neighbours');
    expect(groups[last] === groups[0]).toBe(together);
  });

  it.each([
    [8, 2],
    [424, 25],
    [828, 50],
    [5000, 60],
  ])('bounds the groups of a stage of %i by %i fields', (n, limit) => expect(largestGroup(n)).toBe(limit));
});
