import { QUEUES } from '@blastwise/contracts';
import type { Queue } from 'pg-boss';

export const BOSS_SCHEMA = 'pgboss';

/**
 * Analysis takes seconds. A worker shows life every 5 s; one silent for 10 s has lost its job. `short`: one waiting
 * job an image (by singleton key), while a running one may be followed by another.
 */
export const ANALYSE_POLICY = {
  policy: 'short',
  retryLimit: 6,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 30,
  heartbeatSeconds: 10,
  expireInSeconds: 120,
  retentionSeconds: 365 * 24 * 3600,
  deleteAfterSeconds: 24 * 3600,
  deadLetter: QUEUES.analyseDead,
  notify: true,
} as const satisfies Omit<Queue, 'name'>;

/**
 * A training takes minutes to hours and goes on from its last epoch. Its worker shows life every 10 s, from a process that
 * does not train, and has lost it after 20 s of silence. Stopping a service uses up a try too, so there are many.
 */
export const TRAIN_POLICY = {
  policy: 'short',
  retryLimit: 20,
  retryDelay: 1,
  heartbeatSeconds: 20,
  expireInSeconds: 24 * 3600 - 1,
  retentionSeconds: 365 * 24 * 3600,
  deleteAfterSeconds: 24 * 3600,
  deadLetter: QUEUES.trainDead,
  notify: true,
} as const satisfies Omit<Queue, 'name'>;

/** Jobs that failed every try wait here for a person. */
export const DEAD_POLICY = {
  policy: 'standard',
  retentionSeconds: 365 * 24 * 3600,
  deleteAfterSeconds: 365 * 24 * 3600,
} as const satisfies Omit<Queue, 'name'>;

/** How often a worker looks for jobs of silent workers, seconds. With the heartbeat: taken over within 20 s or so. */
export const SUPERVISE_SECONDS = 5;
