/** Thrown inside a job when no job may be worked on now: another takes its place in the queue and the worker stands by. */
export class StandbyError extends Error {
  override readonly name = 'StandbyError';
}
