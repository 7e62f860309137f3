import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** The package's only source of chance: the same seed always gives the same sequence. */
export interface SeededRandom {
  /** Uniform in [0, 1), 53 bits. */
  next(): number;
  /** Uniform integer in [0, n); `n` must be at least 1. */
  int(n: number): number;
  /** Standard normal (Box-Muller). */
  normal(): number;
  /** A shuffled copy (Fisher-Yates); the argument stays as it is. */
  shuffle<T>(items: readonly T[]): T[];
}

/** One step of the splitmix32 mixer: neighbouring inputs give unrelated 32-bit outputs. */
function mix32(value: number): number {
  let z = (value + 0x9e3779b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return z ^ (z >>> 15);
}

/** Folds a seed and any number of indices (epoch, field, view ...) into one new 32-bit seed. */
export function mixSeed(...parts: number[]): number {
  return parts.reduce((state, part) => mix32(state ^ mix32(part | 0)), 0);
}

export function seededRandom(seed: number): SeededRandom {
  const a = mixSeed(seed, Math.floor(seed / 2 ** 32));
  const rng = xoroshiro128plusFromState([a, mix32(a), mix32(a ^ 0x5bd1e995), mix32(a + 1)]);
  const next = () => uniformFloat64(rng);
  const int = (n: number) => {
    if (!(n >= 1)) throw new RangeError(`A random integer needs a range of at least 1, not ${n}.`);
    return uniformInt(rng, 0, n - 1);
  };
  return {
    next,
    int,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    shuffle: <T>(items: readonly T[]): T[] => {
      const copy = [...items];
      for (let i = copy.length - 1; i > 0; i--) {
        const j = int(i + 1);
        [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
      }
      return copy;
    },
  };
}
