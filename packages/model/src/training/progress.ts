export const PHASES = ['fields', 'masks', 'cache', 'stages', 'artifact'] as const;
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

/** Counts one phase and estimates how long it still takes; `already` steps were done before (a resumed run). */
export function reporter(phase: Phase, total: number, onProgress: OnProgress, already = 0): Report {
  const started = performance.now();
  return (done, more = {}) => {
    const perStep = (performance.now() - started) / 1000 / Math.max(1, done - already);
    onProgress({ phase, done, total, ...more, secondsLeft: perStep * (total - done) });
  };
}

/** Lets timers, signals and other work have the thread between two training steps. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
