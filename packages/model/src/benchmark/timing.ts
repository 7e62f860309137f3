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

export function median(values: readonly number[]): number {
  const ascending = [...values].sort((a, b) => a - b);
  const middle = ascending.length / 2;
  const upper = ascending[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((ascending[middle - 1] ?? upper) + upper) / 2 : upper;
}
