import type { TrainingProgress } from '@blastwise/contracts';

export interface ProgressNotes {
  /** Keeps the latest; while one is being written, later ones wait and only the last of them is written. */
  note(progress: TrainingProgress): void;
  /** Resolves once what was noted is written. */
  settled(): Promise<void>;
}

/**
 * Writes progress without holding up the training. `write` says whether the training is still ours; where it is not,
 * `onLost` is told. A write that fails is told to `onError` and not tried again: the next one says more.
 */
export function progressNotes(options: {
  write: (progress: TrainingProgress) => Promise<boolean>;
  onLost: () => void;
  onError: (error: unknown) => void;
}): ProgressNotes {
  let latest: TrainingProgress | null = null;
  let writing: Promise<void> | null = null;

  async function writeAll(): Promise<void> {
    while (latest) {
      const progress = latest;
      latest = null;
      try {
        if (!(await options.write(progress))) options.onLost();
      } catch (error) {
        options.onError(error);
      }
    }
    writing = null;
  }
  return {
    note(progress) {
      latest = progress;
      writing ??= writeAll();
    },
    settled: () => writing ?? Promise.resolve(),
  };
}
