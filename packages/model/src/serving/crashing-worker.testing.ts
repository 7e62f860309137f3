// For tests only: a worker that answers a field with its first byte and dies on a field that starts with 255.
import { DomainError } from '@blastwise/contracts';
import { answerCalls } from '../threads/index.ts';
import type { FieldOutputs, RunRequest } from './protocol.ts';

const crash = (): never => {
  throw new Error('crash');
};

answerCalls(async () => ({
  ready: null,
  run: async ({ pixels: [first = 0] }: RunRequest): Promise<readonly FieldOutputs[]> => {
    if (first === 255) return new Promise(() => setImmediate(crash));
    if (first === 254) throw new DomainError('INTERNAL', 'refused');
    return [[Float32Array.of(first)]];
  },
  close: async () => undefined,
  buffersOf: () => [],
}));
