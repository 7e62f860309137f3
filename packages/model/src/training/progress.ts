export const PHASES = ['fields', 'masks', 'cache', 'stages', 'artifact', 'evidence'] as const;
export type Phase = (typeof PHASES)[number];

/** What a running training tells its caller, about once a step. */
export interface TrainingProgress {
  readonly phase: Phase;
  readonly done: number;
  readonly total: number;
  readonly epoch?: number;
  readonly loss?: number;
  readonly accuracy?: number;
  /** Estimated from the pace of this phase so far. */
  readonly secondsLeft: number;
}

export type OnProgress = (progress: TrainingProgress) => void;
export type Report = (done: number, more?: Pick<TrainingProgress, 'epoch' | 'loss' | 'accuracy'>) => void;

/** Counts one phase and estimates how long it still takes, from the first step that this process reports. */
export function reporter(phase: Phase, total: number, onProgress: OnProgress): Report {
  const started = performance.now();
  let before: number | undefined;
  return (done, more = {}) => {
    before ??= done - 1;
    const perStep = (performance.now() - started) / 1000 / Math.max(1, done - before);
    onProgress({ phase, done, total, ...more, secondsLeft: perStep * (total - done) });
  };
}

/** Lets timers, signals and other work have the thread between two training steps. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Measures the phases of a run: seconds of wall time by phase, on top of what an earlier process took. */
export function stopwatch(earlier: Readonly<Record<string, number>>) {
  const seconds: Record<string, number> = { ...earlier };
  const time = async <T>(phase: Phase, work: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    try {
      return await work();
    } finally {
      seconds[phase] = (seconds[phase] ?? 0) + (performance.now() - started) / 1000;
    }
  };
  return { seconds, time };
}
