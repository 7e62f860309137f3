import { isMainThread } from 'node:worker_threads';
import type { NamedTensor } from '../artifact/index.ts';
import { InferenceSession, Tensor } from '../onnx-runtime/index.ts';
import { mixSeed, seededRandom } from '../random/index.ts';
import { type DropoutInput, type LearningGraph, LOSS } from './learning-graph.ts';

/** Weights by name, as float32: read by every run, changed in place by whoever trains them. */
export type WeightArrays = ReadonlyMap<
  string,
  { readonly shape: readonly number[]; readonly data: Float32Array }
>;

export interface LearnedStep {
  readonly loss: number;
  /** The network's outputs, in its order. */
  readonly outputs: readonly Float32Array[];
  /** By weight. */
  readonly gradients: ReadonlyMap<string, Float32Array>;
}

/** A training in a thread of its own runs beside others, one a core; else it has every core to itself (0). */
const SHARED = isMainThread ? 0 : 1;

/** A learning graph in ONNX Runtime on the processor. A run holds the thread that calls it. */
export class LearningSession {
  private readonly graph: LearningGraph;
  private readonly session: InferenceSession;
  private readonly weights: WeightArrays;

  private constructor(graph: LearningGraph, session: InferenceSession, weights: WeightArrays) {
    this.graph = graph;
    this.session = session;
    this.weights = weights;
  }

  static async open(graph: LearningGraph, weights: WeightArrays, threads = SHARED): Promise<LearningSession> {
    const session = await InferenceSession.create(graph.onnx, {
      executionProviders: ['cpu'],
      intraOpNumThreads: threads,
      logSeverityLevel: 3,
    });
    return new LearningSession(graph, session, weights);
  }

  /** The network's outputs for `inputs`, in its order, of whole batches. */
  async answer(inputs: readonly Float32Array[]): Promise<Float32Array[]> {
    const { outputs } = await this.run(inputs, new Map(), []);
    return outputs;
  }

  /** Loss and gradients of a batch; the moving statistics have followed it afterwards. `step` decides what drops out. */
  async learn(
    inputs: readonly Float32Array[],
    labels: ReadonlyMap<string, readonly [readonly number[], Float32Array]>,
    step: number,
  ): Promise<LearnedStep> {
    const { gradients, statistics, dropouts } = this.graph;
    const given = new Map(labels);
    for (const dropout of dropouts) given.set(dropout.name, [dropout.shape, dropoutFactors(dropout, step)]);
    const wanted = [LOSS, ...gradients.values(), ...statistics.values()];
    const { outputs, named } = await this.run(inputs, given, wanted);
    for (const [weight, output] of statistics) this.weights.get(weight)?.data.set(named(output));
    return {
      loss: named(LOSS)[0] ?? Number.NaN,
      outputs,
      gradients: new Map([...gradients].map(([weight, output]) => [weight, named(output)])),
    };
  }

  async close(): Promise<void> {
    await this.session.release();
  }

  private async run(
    inputs: readonly Float32Array[],
    given: ReadonlyMap<string, readonly [readonly number[], Float32Array]>,
    wanted: readonly string[],
  ): Promise<{ outputs: Float32Array[]; named: (name: string) => Float32Array }> {
    const feeds: Record<string, Tensor> = {};
    for (const name of this.session.inputNames) {
      const weight = this.weights.get(name);
      if (weight) feeds[name] = new Tensor('float32', weight.data, weight.shape);
    }
    this.graph.inputs.forEach(({ name, shape }, i) => {
      feeds[name] = new Tensor('float32', inputs[i] ?? new Float32Array(), shape);
    });
    for (const [name, [shape, data]] of given) feeds[name] = new Tensor('float32', data, shape);
    const results = await this.session.run(feeds, [...this.graph.outputs, ...wanted]);
    const named = (name: string): Float32Array => {
      const data = results[name]?.data;
      if (!(data instanceof Float32Array)) throw new TypeError(`The graph gave no ${name}.`);
      return data;
    };
    return { outputs: this.graph.outputs.map(named), named };
  }
}

/** 0 with probability `rate`, else what keeps the mean: differs at every step, repeats under one seed. */
function dropoutFactors({ shape, rate, seed }: DropoutInput, step: number): Float32Array {
  const random = seededRandom(mixSeed(seed, step));
  const kept = 1 / (1 - rate);
  return Float32Array.from({ length: shape.reduce((n, d) => n * d, 1) }, () =>
    random.next() < rate ? 0 : kept,
  );
}

/** Copies of a network's weights that a session can run on. */
export const weightArrays = (weights: readonly NamedTensor[]): WeightArrays =>
  new Map(
    weights.map(({ name, shape, data }) => [name, { shape, data: Float32Array.from(data as Float32Array) }]),
  );
