import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../random/index.ts';
import { boostedLogits, joinTrees } from './boosted-trees.ts';
import { columnsOf } from './columns.ts';
import { type BoostingConfig, fitBoostedTrees, softmaxDerivatives } from './fit-boosted-trees.ts';
import { byLoss, crossValidate, type HeldOut } from './grid-search.ts';
import { growTree, splitGain } from './grow-tree.ts';
import { leafWeight } from './tree.ts';

const CONFIG: BoostingConfig = {
  depth: 1,
  minChildWeight: 1,
  lambda: 1,
  rate: 1,
  rounds: 30,
  patience: 5,
  subsample: 0.8,
  columns: 1,
};

describe('a split', () => {
  it('gains half of what the children score above their parent', () => {
    // Children 4 / (2 + 1) each, the parent 0 / 5.
    expect(splitGain({ gradient: -2, hessian: 2 }, { gradient: 2, hessian: 2 }, 1)).toBeCloseTo(4 / 3, 12);
    // 9 / 3 and 1 / 2 against 16 / 4.
    expect(splitGain({ gradient: 3, hessian: 2 }, { gradient: 1, hessian: 1 }, 1)).toBeCloseTo(-1 / 4, 12);
  });
});

describe('growTree', () => {
  const columns = columnsOf([1, 2, 3, 4].map((x) => Float32Array.of(x)));
  const pull = { gradient: Float64Array.of(-1, -1, 1, 1), hessian: Float64Array.of(1, 1, 1, 1) };
  const all = Uint8Array.of(1, 1, 1, 1);
  const grow = (config: Partial<BoostingConfig>, sampled = all, { gradient, hessian } = pull) =>
    growTree(columns, { gradient, hessian }, sampled, [0], { ...CONFIG, ...config });

  it('splits where it gains most and takes a Newton step in each leaf', () => {
    const tree = grow({});
    expect([...tree.features]).toEqual([0, -1, -1]);
    expect(tree.values[0]).toBe(2.5);
    expect(leafWeight(tree, 0, [1.5])).toBeCloseTo(2 / 3, 6);
    expect(leafWeight(tree, 0, [2.5])).toBeCloseTo(-2 / 3, 6);
  });

  it('shrinks the steps by its rate', () => {
    expect(leafWeight(grow({ rate: 0.1 }), 0, [1])).toBeCloseTo(2 / 30, 6);
  });

  it('stays one leaf where a child would be too light, or nothing is gained', () => {
    expect(grow({ minChildWeight: 3 }).features).toHaveLength(1);
    const even = { gradient: Float64Array.of(1, 1, 1, 1), hessian: Float64Array.of(1, 1, 1, 1) };
    const tree = grow({}, all, even);
    expect([...tree.values]).toEqual([expect.closeTo(-4 / 5, 6)]);
  });

  it('goes no deeper than it may', () => {
    const zigzag = { gradient: Float64Array.of(-4, 3, -2, 1), hessian: Float64Array.of(1, 1, 1, 1) };
    const leaves = (depth: number) =>
      grow({ depth, lambda: 0 }, all, zigzag).features.filter((f) => f < 0).length;
    expect([leaves(1), leaves(2), leaves(3), leaves(9)]).toEqual([2, 3, 4, 4]);
  });

  it('learns from the sampled rows alone', () => {
    const tree = grow({}, Uint8Array.of(1, 0, 0, 1));
    // Halfway between 1 and 4; G = -1, H = 1.
    expect(tree.values[0]).toBe(2.5);
    expect(leafWeight(tree, 0, [1])).toBeCloseTo(1 / 2, 6);
  });

  it('parts neighbours among 32-bit floats', () => {
    const [low, high] = [1, 1 + 2 ** -23];
    const near = columnsOf([Float32Array.of(low), Float32Array.of(high)]);
    const halves = { gradient: Float64Array.of(-1, 1), hessian: Float64Array.of(1, 1) };
    const tree = growTree(near, halves, Uint8Array.of(1, 1), [0], CONFIG);
    expect(leafWeight(tree, 0, [low])).toBe(0.5);
    expect(leafWeight(tree, 0, [high])).toBe(-0.5);
  });
});

it('softmaxDerivatives weigh p - y and 2 p (1 - p) by class', () => {
  const p = [0.25, 0.75];
  const of = (k: number, label: number) => {
    const { gradient, hessian } = softmaxDerivatives(p, [label], [2, 1], k);
    return [gradient[0], hessian[0]];
  };
  expect(of(0, 0)).toEqual([-1.5, 0.75]);
  expect(of(1, 0)).toEqual([1.5, 0.75]);
  expect(of(0, 1)).toEqual([0.25, 0.375]);
});

it('joinTrees keeps what every tree answers', () => {
  const columns = columnsOf([1, 2, 3, 4].map((x) => Float32Array.of(x)));
  const trees = [1, -2, 3].map((pull) =>
    growTree(
      columns,
      { gradient: Float64Array.of(pull, pull, pull / 2, -pull), hessian: Float64Array.of(1, 1, 1, 1) },
      Uint8Array.of(1, 1, 1, 1),
      [0],
      { ...CONFIG, depth: 3 },
    ),
  );
  const joined = joinTrees(trees);
  for (const x of [1, 2.5, 3.2, 4]) {
    const apart = trees.map((tree) => leafWeight(tree, 0, [x]));
    expect([...joined.roots].map((root) => leafWeight(joined, root, [x]))).toEqual(apart);
    expect(boostedLogits(joined, [x], 3)).toEqual(apart);
  }
});

/** Two classes in the quarters of a square: neither feature alone tells them apart. */
function quarters(n: number, seed: number) {
  const random = seededRandom(seed);
  const rows = Array.from({ length: n }, () => Float32Array.of(random.next() - 0.5, random.next() - 0.5));
  return { rows, labels: rows.map(([x = 0, y = 0]) => (x * y > 0 ? 1 : 0)) };
}

describe('fitBoostedTrees', () => {
  const problem = { training: quarters(200, 1), validation: quarters(100, 2), weights: [1, 1] };
  const config = { ...CONFIG, depth: 3, rate: 0.3 };

  it('learns what no single feature tells, and keeps the rounds up to the best one', async () => {
    const { trees, history, best } = await fitBoostedTrees({ ...problem, seed: 1 }, config);
    const unseen = quarters(200, 3);
    const named = unseen.rows.map((row) => {
      const [no = 0, yes = 0] = boostedLogits(trees, row, 2);
      return yes > no ? 1 : 0;
    });
    expect(named.filter((c, i) => c === unseen.labels[i]).length).toBeGreaterThan(185);
    expect(trees.roots).toHaveLength(2 * best);
    const losses = history.map((h) => h.validationLoss);
    expect(losses.indexOf(Math.min(...losses))).toBe(best - 1);
    expect(history.length === config.rounds || history.length === best + config.patience).toBe(true);
  });

  it('gives the same trees for the same seed, others for another', async () => {
    const fit = async (seed: number) => (await fitBoostedTrees({ ...problem, seed }, config)).trees;
    expect(await fit(1)).toEqual(await fit(1));
    expect(await fit(2)).not.toEqual(await fit(1));
  });

  it('stops early on noise', async () => {
    const noise = quarters(100, 4);
    const labels = seededRandom(5).shuffle(noise.labels);
    const { history, best } = await fitBoostedTrees(
      { ...problem, validation: { rows: noise.rows, labels }, seed: 1 },
      { ...config, rounds: 200 },
    );
    expect(history.length).toBe(best + config.patience);
  });

  it('refuses to learn from nothing', async () => {
    const none = { rows: [], labels: [] };
    await expect(fitBoostedTrees({ ...problem, validation: none, seed: 1 }, config)).rejects.toThrow(
      /validation/,
    );
  });
});

describe('crossValidate', () => {
  const { rows, labels } = quarters(200, 6);
  const folded = { rows, labels, folds: rows.map((_, i) => i % 5), weights: [1, 1], seed: 1 };
  const config = { ...CONFIG, depth: 3, rate: 0.3 };

  it('finds what trees of some depth can learn, and after how many rounds', async () => {
    const told: HeldOut[] = [];
    const deep = await crossValidate(folded, config, (heldOut) => {
      told.push(heldOut);
    });
    const flat = await crossValidate(folded, { ...config, depth: 1 });
    expect(deep.accuracy).toBeGreaterThan(0.85);
    expect(flat.accuracy).toBeLessThan(0.7);
    expect(deep.loss).toBe(Math.min(...told.map(({ loss }) => loss)));
    expect(told[deep.rounds - 1]).toEqual(deep);
  });

  it('judges no row by trees that learned from it', async () => {
    const drawn = seededRandom(7).shuffle(labels);
    const { accuracy } = await crossValidate({ ...folded, labels: drawn }, { ...config, depth: 9 });
    expect(Math.abs(accuracy - 0.5)).toBeLessThan(0.15);
  });

  it('refuses rows that all lie in one fold', async () => {
    await expect(crossValidate({ ...folded, folds: rows.map(() => 0) }, config)).rejects.toThrow(/training/);
  });
});

it('byLoss puts the lowest loss first, of equals the plainer trees', () => {
  const point = { depth: 6, rate: 0.1, subsample: 0.8, rounds: 90, loss: 0.2, accuracy: 0.9 };
  const flat = { ...point, depth: 3 };
  const better = { ...point, loss: 0.1 };
  expect([point, flat, better].sort(byLoss)).toEqual([better, flat, point]);
});
