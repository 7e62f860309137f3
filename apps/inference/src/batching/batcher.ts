import { DomainError } from '@blastwise/contracts';

export interface BatcherOptions<Item, Result> {
  /** Most items in one call of `run`. */
  maxSize: number;
  /** How long the oldest item may wait for company, in milliseconds. */
  maxDelayMs: number;
  /** Most items that may wait; one more is refused. */
  maxQueue: number;
  /** Answers a batch: one result per item, in order. Called for one batch at a time. */
  run: (items: Item[]) => Promise<Result[]>;
  /** Told of every call of `run` and its size, retries included. */
  onBatch?: (size: number) => void;
}

export interface SubmitOptions {
  /** Accepted even when the queue is full: for callers that bound themselves, as the job worker does. */
  reserved?: boolean;
}

export interface Batcher<Item, Result> {
  /** DomainError OVERLOADED: the queue is full. UNAVAILABLE: closing. Otherwise what `run` threw for this item. */
  submit(item: Item, options?: SubmitOptions): Promise<Result>;
  /** Items that wait; those being answered do not count. */
  depth(): number;
  /** Refuses new items, answers those it has, then resolves. */
  close(): Promise<void>;
}

interface Waiting<Item, Result> {
  item: Item;
  since: number;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/**
 * Gathers items that arrive close together into one call. A batch starts when it is full or its oldest item
 * has waited `maxDelayMs`, and never while another runs. When a batch fails its items are tried one by one,
 * so that a bad item fails alone.
 */
export function createBatcher<Item, Result>(options: BatcherOptions<Item, Result>): Batcher<Item, Result> {
  const { maxSize, maxDelayMs, maxQueue, run, onBatch } = options;
  const queue: Waiting<Item, Result>[] = [];
  const idle: (() => void)[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = false;
  let closing = false;

  async function answer(batch: Waiting<Item, Result>[]): Promise<void> {
    try {
      onBatch?.(batch.length);
      const results = await run(batch.map((waiting) => waiting.item));
      if (results.length !== batch.length) throw new Error('A batch was answered with a wrong count.');
      results.forEach((result, i) => {
        batch[i]?.resolve(result);
      });
    } catch (error) {
      const [only] = batch;
      if (batch.length === 1) only?.reject(error);
      else for (const waiting of batch) await answer([waiting]);
    }
  }

  function advance(): void {
    if (running) return;
    clearTimeout(timer);
    const [oldest] = queue;
    if (!oldest) {
      for (const resolve of idle.splice(0)) resolve();
      return;
    }
    const left = oldest.since + maxDelayMs - performance.now();
    if (queue.length < maxSize && left > 0 && !closing) {
      timer = setTimeout(advance, Math.ceil(left));
      return;
    }
    running = true;
    void answer(queue.splice(0, maxSize)).finally(() => {
      running = false;
      advance();
    });
  }

  return {
    submit(item, { reserved = false } = {}) {
      if (closing) return Promise.reject(new DomainError('UNAVAILABLE', 'The service is shutting down.'));
      if (queue.length >= maxQueue && !reserved) {
        return Promise.reject(
          new DomainError('OVERLOADED', 'Too many images are waiting; try again shortly.'),
        );
      }
      return new Promise((resolve, reject) => {
        queue.push({ item, since: performance.now(), resolve, reject });
        advance();
      });
    },
    depth: () => queue.length,
    close() {
      closing = true;
      return new Promise((resolve) => {
        idle.push(resolve);
        advance();
      });
    },
  };
}
