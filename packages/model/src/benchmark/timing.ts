/** How long a piece of work takes, in milliseconds, over several runs in one process. */
export interface Timing {
  median: number;
  runs: number;
}

/** Runs `work` unmeasured first (compilation, memory), then `runs` times, one after another. */
export async function timeRuns(
  work: () => unknown,
  { runs, warmups = 1 }: { runs: number; warmups?: number },
): Promise<Timing> {
  for (let i = 0; i < warmups; i++) await work();
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return { median: median(times), runs };
}

/**
 * Two pieces of work in rounds, one after the other, so that a machine that slows down meanwhile slows both. `runs` and `warmups` are those of one round.
 */
export async function timeInTurns(
  [one, other]: readonly [() => unknown, () => unknown],
  { rounds, runs, warmups }: { rounds: number; runs: number; warmups: number },
): Promise<readonly [Timing, Timing]> {
  const [ones, others]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    ones.push((await timeRuns(one, { runs, warmups })).median);
    others.push((await timeRuns(other, { runs, warmups })).median);
  }
  const timing = (medians: readonly number[]): Timing => ({ median: median(medians), runs: rounds * runs });
  return [timing(ones), timing(others)];
}

export function median(values: readonly number[]): number {
  const ascending = [...values].sort((a, b) => a - b);
  const middle = ascending.length / 2;
  const upper = ascending[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((ascending[middle - 1] ?? upper) + upper) / 2 : upper;
}
