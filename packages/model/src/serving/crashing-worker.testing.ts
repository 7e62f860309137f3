// For tests only: a worker that answers a field with its first byte and dies on a field that starts with 255.
import { parentPort } from 'node:worker_threads';
import type { WorkerReply, WorkerRequest } from './protocol.ts';

const reply = (message: WorkerReply) => parentPort?.postMessage(message);

parentPort?.on('message', (request: WorkerRequest) => {
  if (request.kind === 'close') return parentPort?.close();
  const first = request.pixels[0] ?? 0;
  if (first === 255) throw new Error('crash');
  if (first === 254) return reply({ kind: 'failed', id: request.id, message: 'refused' });
  return reply({ kind: 'done', id: request.id, fields: [[Float32Array.of(first)]] });
});
reply({ kind: 'ready' });
