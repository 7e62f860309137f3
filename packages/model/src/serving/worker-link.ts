import { SHARE_ENV, Worker } from 'node:worker_threads';
import { DomainError } from '@blastwise/contracts';
import type { FieldOutputs, RunRequest, WorkerReply, WorkerRequest, WorkerSetup } from './protocol.ts';

// Node strips the types of a worker's file as it does for any other; the path does not depend on the caller's folder.
const WORKER_FILE = new URL('./onnx-worker.ts', import.meta.url);

interface Pending {
  readonly resolve: (fields: readonly FieldOutputs[]) => void;
  readonly reject: (error: Error) => void;
}

/** One worker thread and the calls that wait for it. Idle, it does not keep the process alive. */
export class WorkerLink {
  private readonly worker: Worker;
  private readonly pending = new Map<number, Pending>();
  private readonly ended: Promise<void>;
  private nextId = 0;
  private failure: Error | undefined;

  private constructor(worker: Worker) {
    this.worker = worker;
    this.ended = new Promise((resolve) => {
      worker.once('exit', () => {
        this.fail(new DomainError('UNAVAILABLE', 'The network stopped before it answered.'));
        resolve();
      });
    });
    worker.on('message', (reply: WorkerReply) => this.receive(reply));
    worker.on('error', (cause) => {
      this.fail(new DomainError('UNAVAILABLE', 'The network failed and was stopped.', { cause }));
    });
  }

  /** Resolves once the session is open; a provider that cannot start is `ENGINE_UNAVAILABLE`. */
  static open(setup: WorkerSetup, file = WORKER_FILE): Promise<WorkerLink> {
    // None of the caller's flags: some, such as --input-type, keep a worker from starting.
    const worker = new Worker(file, { workerData: setup, execArgv: [], env: SHARE_ENV });
    const link = new WorkerLink(worker);
    return new Promise((resolve, reject) => {
      const unavailable = (why: string, cause?: unknown) => {
        reject(
          new DomainError('ENGINE_UNAVAILABLE', `ONNX Runtime cannot use ${setup.provider}: ${why}`, {
            cause,
          }),
        );
      };
      worker.once('message', (reply: WorkerReply) => {
        worker.unref();
        if (reply.kind === 'ready') resolve(link);
        else if (reply.kind === 'unavailable') unavailable(reply.message.split('\n')[0] ?? '');
      });
      worker.once('error', (cause) => unavailable('its thread did not start.', cause));
      worker.once('exit', () => unavailable('its thread ended.'));
    });
  }

  /** False once the worker has ended or crashed. */
  get alive(): boolean {
    return this.failure === undefined;
  }

  run(request: Omit<RunRequest, 'kind' | 'id'>): Promise<readonly FieldOutputs[]> {
    if (this.failure) return Promise.reject(this.failure);
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      this.worker.ref();
      this.send({ kind: 'run', id, ...request }, [request.pixels.buffer as ArrayBuffer]);
    });
  }

  /** Ends the worker after the calls it has taken. */
  async close(): Promise<void> {
    if (this.alive) {
      this.worker.ref();
      this.send({ kind: 'close' });
    }
    await this.ended;
  }

  private send(request: WorkerRequest, transfer: ArrayBuffer[] = []): void {
    this.worker.postMessage(request, transfer);
  }

  private receive(reply: WorkerReply): void {
    if (reply.kind !== 'done' && reply.kind !== 'failed') return;
    const call = this.pending.get(reply.id);
    this.pending.delete(reply.id);
    if (this.pending.size === 0) this.worker.unref();
    if (reply.kind === 'done') call?.resolve(reply.fields);
    else call?.reject(new DomainError('INTERNAL', `The network could not be run: ${reply.message}`));
  }

  private fail(error: Error): void {
    this.failure ??= error;
    for (const { reject } of this.pending.values()) reject(error);
    this.pending.clear();
  }
}
