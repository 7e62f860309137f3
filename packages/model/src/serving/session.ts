import { DomainError } from '@blastwise/contracts';
import type { RgbImage } from '../images/index.ts';
import { WorkerLink } from '../threads/index.ts';
import type { FieldOutputs, Provider, RunRequest, WorkerSetup } from './protocol.ts';

// Node strips the types of a worker's file as it does for any other; the path does not depend on the caller's folder.
const WORKER_FILE = new URL('./onnx-worker.ts', import.meta.url);

export interface SessionOptions<Name extends string> {
  /** The graph's outputs that each run gives back unless it names others. */
  readonly outputs: readonly Name[];
  readonly provider?: Provider;
  /** Threads of one run; by default every core. */
  readonly threads?: number;
}

/** A network in ONNX Runtime. Runs are answered in the order they were asked for. */
export interface OnnxSession<Name extends string> {
  readonly provider: Provider;
  /** False once its thread has crashed. */
  readonly alive: boolean;
  /** One record of outputs a field; all fields are square and of one size. */
  run(fields: readonly RgbImage[]): Promise<Record<Name, Float32Array>[]>;
  /** The same with other outputs of the graph than the usual ones. */
  run<Wanted extends string>(
    fields: readonly RgbImage[],
    wanted: readonly Wanted[],
  ): Promise<Record<Wanted, Float32Array>[]>;
  /** Ends the thread after the runs it has taken. */
  close(): Promise<void>;
}

/** Joins fields into the one buffer that goes to the worker. */
function packFields(fields: readonly RgbImage[]): Omit<RunRequest, 'outputs'> {
  const size = fields[0]?.width ?? 0;
  const length = size * size * 3;
  const pixels = new Uint8Array(fields.length * length);
  fields.forEach(({ width, height, data }, i) => {
    if (width !== size || height !== size || data.length !== length) {
      throw new DomainError('BAD_INPUT', 'The fields of one run must be square and of one size.');
    }
    pixels.set(data, i * length);
  });
  return { pixels, n: fields.length, size };
}

/**
 * Opens an exported network in a worker thread. A call that fails leaves the worker running; one that crashes rejects the
 * calls that wait and all later ones (`UNAVAILABLE`).
 *
 * @throws DomainError ENGINE_UNAVAILABLE when the provider cannot run the network here.
 */
export async function openSession<Name extends string>(
  onnx: Uint8Array,
  { outputs, provider = 'cpu', threads = 0 }: SessionOptions<Name>,
  worker = WORKER_FILE,
): Promise<OnnxSession<Name>> {
  const setup: WorkerSetup = { onnx, provider, threads };
  const link = await WorkerLink.open<RunRequest, readonly FieldOutputs[]>(worker, setup);
  let closed = false;

  const run = async (fields: readonly RgbImage[], wanted: readonly string[]) => {
    const request = { ...packFields(fields), outputs: wanted };
    const results = await link.run(request, [request.pixels.buffer]);
    return results.map((values) => {
      return Object.fromEntries(wanted.map((name, i) => [name, values[i]])) as Record<string, Float32Array>;
    });
  };
  return {
    provider,
    get alive() {
      return link.alive;
    },
    async run(fields: readonly RgbImage[], wanted: readonly string[] = outputs) {
      if (closed) throw new DomainError('UNAVAILABLE', 'The network was closed.');
      return fields.length === 0 ? [] : run(fields, wanted);
    },
    async close() {
      closed = true;
      await link.close();
    },
  };
}
