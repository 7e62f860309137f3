import { SHARE_ENV, Worker } from 'node:worker_threads';
import { DomainError } from '@blastwise/contracts';
import { type Call, errorOf, type Reply } from './protocol.ts';

interface Pending<Answer> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** One worker thread and the calls that wait for it. Idle, it does not keep the process alive. */
export class WorkerLink<Request, Answer, Ready = null> {
  /** What the thread said when it was open. */
  readonly ready: Ready;
  /** Resolves when the thread has ended, however. */
  readonly ended: Promise<void>;
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending<Answer>>();
  #nextId = 0;
  #failure: Error | undefined;

  private constructor(worker: Worker, ready: Ready) {
    this.#worker = worker;
    this.ready = ready;
    this.ended = new Promise((resolve) => {
      worker.once('exit', () => {
        this.#fail(new DomainError('UNAVAILABLE', 'The network stopped before it answered.'));
        resolve();
      });
    });
    worker.on('message', (reply: Reply<Ready, Answer>) => this.#receive(reply));
    worker.on('error', (cause) => {
      this.#fail(new DomainError('UNAVAILABLE', 'The network failed and was stopped.', { cause }));
    });
  }

  /**
   * Starts a file that answers calls (`answerCalls`) and resolves once it is ready.
   * @param setup What its work is opened with.
   * @throws what opening the work throws, or DomainError ENGINE_UNAVAILABLE where the thread did not start.
   */
  static open<Request, Answer, Ready = null>(
    file: URL,
    setup: unknown,
  ): Promise<WorkerLink<Request, Answer, Ready>> {
    // None of the caller's flags: some, such as --input-type, keep a worker from starting.
    const worker = new Worker(file, { workerData: setup, execArgv: [], env: SHARE_ENV });
    return new Promise((resolve, reject) => {
      const unavailable = (why: string, cause?: unknown) =>
        reject(new DomainError('ENGINE_UNAVAILABLE', `The thread of the network ${why}.`, { cause }));
      worker.once('message', (reply: Reply<Ready, Answer>) => {
        worker.unref();
        if (reply.kind === 'ready') resolve(new WorkerLink<Request, Answer, Ready>(worker, reply.ready));
        else if (reply.kind === 'unavailable') reject(errorOf(reply.fault));
      });
      worker.once('error', (cause) => unavailable('did not start', cause));
      worker.once('exit', () => unavailable('ended'));
    });
  }

  /** False once the worker has ended or crashed. */
  get alive(): boolean {
    return this.#failure === undefined;
  }

  /** @param transfer What of the request is handed over instead of copied. */
  run(request: Request, transfer: ArrayBuffer[] = []): Promise<Answer> {
    if (this.#failure) return Promise.reject(this.#failure);
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#worker.ref();
      this.#send({ kind: 'run', id, request }, transfer);
    });
  }

  /** Ends the worker after the calls it has taken. */
  async close(): Promise<void> {
    if (this.alive) {
      this.#worker.ref();
      this.#send({ kind: 'close' });
    }
    await this.ended;
  }

  #send(call: Call<Request>, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage(call, transfer);
  }

  #receive(reply: Reply<Ready, Answer>): void {
    if (reply.kind !== 'done' && reply.kind !== 'failed') return;
    const call = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if (this.#pending.size === 0) this.#worker.unref();
    if (reply.kind === 'done') call?.resolve(reply.answer);
    else call?.reject(errorOf(reply.fault));
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}
