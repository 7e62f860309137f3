// Runs ONNX Runtime apart from the event loop, because its run() blocks the thread it is called on.
import { DomainError } from '@blastwise/contracts';
import * as ort from '../onnx-runtime/index.ts';
import { answerCalls } from '../threads/index.ts';
import type { FieldOutputs, RunRequest, WorkerSetup } from './protocol.ts';

const text = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function run(
  session: ort.InferenceSession,
  { pixels, n, size, outputs }: RunRequest,
): Promise<readonly FieldOutputs[]> {
  const image = new ort.Tensor('float32', new Float32Array(pixels), [n, size, size, 3]);
  const results = await session.run({ image }, [...outputs]);
  return Array.from({ length: n }, (_, i): FieldOutputs => {
    return outputs.map((name) => {
      const data = results[name]?.data;
      if (!(data instanceof Float32Array)) throw new Error(`The network gave no output ${name}.`);
      const length = data.length / n;
      return data.slice(i * length, (i + 1) * length);
    });
  });
}

function open({ onnx, provider, threads }: WorkerSetup): Promise<ort.InferenceSession> {
  return ort.InferenceSession.create(onnx, {
    executionProviders: [provider],
    intraOpNumThreads: threads,
    logSeverityLevel: 3,
    // Its threads would spin on after a run, where whoever waits for the answer needs the cores.
    extra: { 'session.force_spinning_stop': '1' },
  }).catch((error: unknown) => {
    const [why = ''] = text(error).split('\n');
    throw new DomainError('ENGINE_UNAVAILABLE', `ONNX Runtime cannot use ${provider}: ${why}`);
  });
}

answerCalls(async (setup: WorkerSetup) => {
  const session = await open(setup);
  return {
    ready: null,
    run: (request: RunRequest) =>
      run(session, request).catch((error: unknown) => {
        throw new DomainError('INTERNAL', `The network could not be run: ${text(error)}`);
      }),
    close: () => session.release(),
    buffersOf: (fields: readonly FieldOutputs[]) => fields.flat().map(({ buffer }) => buffer),
  };
});
