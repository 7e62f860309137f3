import { type EngineName, selectEngine } from '../engine/index.ts';
import * as tf from '../engine/tf.ts';
import { GraphBuilder } from '../export/onnx/graph-builder.ts';
import { encodeOnnx } from '../export/onnx/proto.ts';
import { openSession } from '../serving/index.ts';
import { timeRuns } from './timing.ts';

/** How many multiply-adds the machine does in a millisecond when it does nothing but a large matrix product. */
export interface Floor {
  readonly perMillisecond: number;
  /** Rows, inner length and columns of the product. */
  readonly size: readonly [number, number, number];
}

const RUNS = { runs: 5, warmups: 2 };
const floorOf = (size: Floor['size'], milliseconds: number): Floor => ({
  size,
  perMillisecond: size.reduce((n, d) => n * d, 1) / milliseconds,
});

/** A square product on an engine of tfjs. */
export async function engineFloor(engine: EngineName, side: number): Promise<Floor> {
  await selectEngine(engine);
  const matrix = tf.randomNormal([side, side]);
  try {
    const timing = await timeRuns(async () => {
      const sum = tf.tidy(() => tf.sum(tf.matMul(matrix, matrix)));
      await sum.data();
      sum.dispose();
    }, RUNS);
    return floorOf([side, side, side], timing.median);
  } finally {
    matrix.dispose();
  }
}

/** Side of the picture that is taken for a matrix of `SIDE` x 3 `SIDE`, and columns of the matrix that it meets. */
const [SIDE, COLUMNS] = [768, 1536];

/** A product in ONNX Runtime, all cores. */
export async function onnxFloor(): Promise<Floor> {
  const size = [SIDE, 3 * SIDE, COLUMNS] as const;
  const graph = new GraphBuilder();
  graph.reserve(['product']);
  const image = graph.input({ name: 'image', shape: [null, SIDE, SIDE, 3] });
  const matrix = graph.node('matrix', 'Reshape', [image, graph.indices(1, SIDE, 3 * SIDE)]);
  const values = new Float32Array(3 * SIDE * COLUMNS).fill(1 / COLUMNS);
  const other = graph.constant('other', [3 * SIDE, COLUMNS], values);
  const product = graph.node('sums', 'MatMul', [matrix, other]);
  graph.output({ name: 'product', shape: [1, SIDE, COLUMNS] }, product, 'Identity');
  const session = await openSession(encodeOnnx(graph.build('floor')), { outputs: ['product'] as const });
  try {
    const data = new Uint8Array(SIDE * SIDE * 3).fill(7);
    const timing = await timeRuns(() => session.run([{ width: SIDE, height: SIDE, data }]), RUNS);
    return floorOf(size, timing.median);
  } finally {
    await session.close();
  }
}
