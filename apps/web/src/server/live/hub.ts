import type { LiveEvent } from '@blastwise/contracts';
import { type LiveListener, listenLive } from '@blastwise/db';
import { logFailure } from '../shared/log.ts';
import type { LiveMessage } from './schemas.ts';

type Subscriber = (message: LiveMessage) => void;

/** One database listener for the whole process, shared by every open stream; listens while anybody is there. */
export class LiveHub {
  readonly #url: string;
  readonly #subscribers = new Set<Subscriber>();
  #listener: Promise<LiveListener> | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  /** Messages until `signal` aborts; the first one says that the stream stands. */
  async *messages(signal: AbortSignal): AsyncGenerator<LiveMessage> {
    const waiting: LiveMessage[] = [];
    let wake = (): void => undefined;
    const subscriber: Subscriber = (message) => {
      waiting.push(message);
      wake();
    };
    const abort = (): void => wake();
    signal.addEventListener('abort', abort);
    this.#subscribers.add(subscriber);
    try {
      await this.#listen();
      yield { kind: 'connected' };
      while (!signal.aborted) {
        const next = waiting.shift();
        if (next) yield next;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
            if (signal.aborted || waiting.length > 0) resolve();
          });
      }
    } finally {
      this.#subscribers.delete(subscriber);
      signal.removeEventListener('abort', abort);
      await this.#restWhenAlone();
    }
  }

  #tell(message: LiveMessage): void {
    for (const subscriber of this.#subscribers) subscriber(message);
  }

  async #listen(): Promise<void> {
    this.#listener ??= listenLive(this.#url, (event: LiveEvent) => this.#tell(event), {
      // Something may have been missed: everybody asks again.
      onReconnect: () => this.#tell({ kind: 'connected' }),
      onError: (error) => logFailure('live', error),
    });
    try {
      await this.#listener;
    } catch (error) {
      this.#listener = undefined;
      throw error;
    }
  }

  async #restWhenAlone(): Promise<void> {
    if (this.#subscribers.size > 0 || !this.#listener) return;
    const listener = this.#listener;
    this.#listener = undefined;
    await (await listener.catch(() => undefined))?.close();
  }
}
