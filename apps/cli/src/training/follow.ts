import { setTimeout as pause } from 'node:timers/promises';
import { DomainError, isActive } from '@blastwise/contracts';
import { findTraining, type Queryable, type TrainingRow } from '@blastwise/db';

export interface FollowOptions {
  onChange: (training: TrainingRow) => void;
  /** Ends the following, not the training. */
  signal: AbortSignal;
  /** How long a training may wait until it is said that nobody takes it. */
  takenWithinMs: number;
}

const LOOK_EVERY_MS = 300;

/** Looks at a training until it has ended, nobody has taken it in time, or the signal. Returns it as it is then. */
export async function followTraining(
  db: Queryable,
  id: string,
  { onChange, signal, takenWithinMs }: FollowOptions,
): Promise<TrainingRow> {
  const started = performance.now();
  for (;;) {
    const training = await findTraining(db, id);
    if (!training) throw new DomainError('NOT_FOUND', 'There is no such training.');
    onChange(training);
    const untaken = training.state === 'queued' && performance.now() - started > takenWithinMs;
    if (!isActive(training.state) || untaken || signal.aborted) return training;
    await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}
