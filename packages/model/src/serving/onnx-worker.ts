// Runs ONNX Runtime apart from the event loop, because its run() blocks the thread it is called on.
import { parentPort, workerData } from 'node:worker_threads';
import * as ort from 'onnxruntime-node';
import type { FieldOutputs, RunRequest, WorkerReply, WorkerRequest, WorkerSetup } from './protocol.ts';

const port = parentPort;
if (!port) throw new Error('This file runs as a worker thread.');
const { onnx, provider, threads } = workerData as WorkerSetup;

const reply = (message: WorkerReply, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
const text = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function run(
  session: ort.InferenceSession,
  { id, pixels, n, size, outputs }: RunRequest,
): Promise<void> {
  const image = new ort.Tensor('float32', new Float32Array(pixels), [n, size, size, 3]);
  const results = await session.run({ image }, [...outputs]);
  const fields = Array.from({ length: n }, (_, i): FieldOutputs => {
    return outputs.map((name) => {
      const data = results[name]?.data;
      if (!(data instanceof Float32Array)) throw new Error(`The network gave no output ${name}.`);
      const length = data.length / n;
      return data.slice(i * length, (i + 1) * length);
    });
  });
  reply(
    { kind: 'done', id, fields },
    fields.flat().map((values) => values.buffer as ArrayBuffer),
  );
}

async function serve(session: ort.InferenceSession): Promise<void> {
  let last = Promise.resolve();
  port?.on('message', (request: WorkerRequest) => {
    last = last.then(async () => {
      if (request.kind === 'close') {
        await session.release();
        port.close();
        return;
      }
      await run(session, request).catch((error) =>
        reply({ kind: 'failed', id: request.id, message: text(error) }),
      );
    });
  });
  reply({ kind: 'ready' });
}

ort.InferenceSession.create(onnx, {
  executionProviders: [provider],
  intraOpNumThreads: threads,
  logSeverityLevel: 3,
  // Its threads would spin on after a run, where whoever waits for the answer needs the cores.
  extra: { 'session.force_spinning_stop': '1' },
}).then(serve, (error) => {
  reply({ kind: 'unavailable', message: text(error) });
  port.close();
});
