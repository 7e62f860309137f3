import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type Phase = 'decode' | 'predict' | 'encode-mask' | 'job';
export type JobOutcome = 'stored' | 'repeated' | 'refused' | 'retried' | 'standby' | 'dead';

export interface Metrics {
  request(route: string, status: number, seconds: number): void;
  /** Measures a phase and hands its result on. */
  timed<T>(phase: Phase, work: () => Promise<T>): Promise<T>;
  batch(size: number): void;
  /** `answer`: a stage, or "not-assessable". */
  prediction(answer: string): void;
  job(outcome: JobOutcome): void;
  takingJobs(isTaking: boolean): void;
  /** Jobs in the database, whichever process works on them. */
  backlog(jobs: { waiting: number; active: number; dead: number }): void;
  /** `depth` is read at each scrape. */
  watchQueue(depth: () => number): void;
  /** Likewise. */
  watchReady(isReady: () => boolean): void;
  /** Prometheus text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Counts and times only: no label ever holds an identifier or patient data. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'blastwise_http_requests_total',
    help: 'HTTP requests by route and status.',
    labelNames: ['route', 'status'],
    registers,
  });
  const durations = new Histogram({
    name: 'blastwise_http_request_duration_seconds',
    help: 'Time from the first byte to the answer, by route.',
    labelNames: ['route'],
    buckets: SECONDS,
    registers,
  });
  const phases = new Histogram({
    name: 'blastwise_phase_duration_seconds',
    help: 'Time of each phase of an analysis; predict includes the wait for a batch.',
    labelNames: ['phase'],
    buckets: SECONDS,
    registers,
  });
  const batches = new Histogram({
    name: 'blastwise_batch_size',
    help: 'Images in one call of the network.',
    buckets: [1, 2, 4, 8, 16, 32, 64],
    registers,
  });
  const predictions = new Counter({
    name: 'blastwise_predictions_total',
    help: 'Fields analysed, by their most probable stage.',
    labelNames: ['answer'],
    registers,
  });
  const jobs = new Counter({
    name: 'blastwise_jobs_total',
    help: 'Analysis jobs by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  let readyNow = (): boolean => false;
  new Gauge({
    name: 'blastwise_ready',
    help: '1 when a model answers.',
    registers,
    collect() {
      this.set(readyNow() ? 1 : 0);
    },
  });
  const taking = new Gauge({
    name: 'blastwise_taking_jobs',
    help: '1 while this process takes jobs.',
    registers,
  });
  const backlog = new Gauge({
    name: 'blastwise_jobs_in_queue',
    help: 'Analysis jobs in the database by state; dead ones failed every try.',
    labelNames: ['state'],
    registers,
  });
  let depthNow = (): number => 0;
  new Gauge({
    name: 'blastwise_queue_depth',
    help: 'Images that wait for a batch.',
    registers,
    collect() {
      this.set(depthNow());
    },
  });

  return {
    request(route, status, seconds) {
      requests.inc({ route, status });
      durations.observe({ route }, seconds);
    },
    async timed(phase, work) {
      const stop = phases.startTimer({ phase });
      try {
        return await work();
      } finally {
        stop();
      }
    },
    batch: (size) => batches.observe(size),
    prediction: (answer) => predictions.inc({ answer }),
    job: (outcome) => jobs.inc({ outcome }),
    takingJobs: (isTaking) => taking.set(isTaking ? 1 : 0),
    backlog(depths) {
      for (const [state, count] of Object.entries(depths)) backlog.set({ state }, count);
    },
    watchQueue(depth) {
      depthNow = depth;
    },
    watchReady(isReady) {
      readyNow = isReady;
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
