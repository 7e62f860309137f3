import { parentPort, workerData } from 'node:worker_threads';
import { type Call, faultOf, type Reply } from './protocol.ts';

/** What a worker thread does. */
export interface ThreadWork<Ready, Request, Answer> {
  /** What its caller is told once it is open. */
  readonly ready: Ready;
  run(request: Request): Promise<Answer>;
  close(): Promise<void>;
  /** What of an answer is handed over instead of copied. */
  buffersOf(answer: Answer): ArrayBuffer[];
}

/** Answers the calls of a {@link WorkerLink} in the worker thread that this is, one after another, until it is closed. */
export function answerCalls<Setup, Ready, Request, Answer>(
  open: (setup: Setup) => Promise<ThreadWork<Ready, Request, Answer>>,
): void {
  const port = parentPort;
  if (!port) throw new Error('This file runs as a worker thread.');
  const reply = (message: Reply<Ready, Answer>, transfer: ArrayBuffer[] = []) =>
    port.postMessage(message, transfer);

  function serve({ ready, run, close, buffersOf }: ThreadWork<Ready, Request, Answer>): void {
    let last = Promise.resolve();
    port?.on('message', (call: Call<Request>) => {
      last = last.then(async () => {
        if (call.kind === 'close') {
          await close();
          port.close();
          return;
        }
        const { id } = call;
        await run(call.request).then(
          (answer) => reply({ kind: 'done', id, answer }, buffersOf(answer)),
          (error) => reply({ kind: 'failed', id, fault: faultOf(error) }),
        );
      });
    });
    reply({ kind: 'ready', ready });
  }

  open(workerData as Setup).then(serve, (error) => {
    reply({ kind: 'unavailable', fault: faultOf(error) });
    port.close();
  });
}
