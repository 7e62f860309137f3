import type { StageVector } from '@blastwise/contracts';
import { type PerStage, perStage } from './per-stage.ts';
import type { LinearLayer, StageHead } from './stage-head.ts';

/**
 * The head around one feature vector: between the kinks of its ReLUs it is linear, so that
 * `logit[s] = offset[s] + sum over i of gradients[s][i] * features[i]` holds exactly.
 */
export interface StageGradients {
  /** The derivative of each stage's logit by each feature. */
  readonly gradients: PerStage<Float64Array>;
  readonly logits: StageVector;
  readonly offset: StageVector;
}

const active = (values: Float64Array): Int32Array =>
  Int32Array.from(values.keys()).filter((i) => (values[i] ?? 0) > 0);

/** x W + b over the inputs that are not 0. */
function forward({ outputs, kernel, bias }: LinearLayer, x: ArrayLike<number>): Float64Array {
  const y = bias.slice();
  for (let i = 0; i < x.length; i++) {
    const value = x[i] ?? 0;
    if (value === 0) continue;
    for (let o = 0, k = i * outputs; o < outputs; o++, k++) y[o] = (y[o] ?? 0) + value * (kernel[k] ?? 0);
  }
  return y;
}

/** Derivatives by the inputs from those by the outputs; `open`: outputs that the ReLU after the layer lets through. */
function backward(
  { inputs, outputs, kernel }: LinearLayer,
  above: PerStage<Float64Array>,
  open: Int32Array,
): PerStage<Float64Array> {
  // Gathered, so that the loop over a row of the kernel reads neighbours only.
  const [a, b, c, d] = perStage((s) => Float64Array.from(open, (o) => above[s][o] ?? 0));
  const below = perStage(() => new Float64Array(inputs));
  for (let i = 0; i < inputs; i++) {
    const row = i * outputs;
    let [da, db, dc, dd] = [0, 0, 0, 0];
    for (let k = 0; k < open.length; k++) {
      const w = kernel[row + (open[k] ?? 0)] ?? 0;
      da += w * (a[k] ?? 0);
      db += w * (b[k] ?? 0);
      dc += w * (c[k] ?? 0);
      dd += w * (d[k] ?? 0);
    }
    below[0][i] = da;
    below[1][i] = db;
    below[2][i] = dc;
    below[3][i] = dd;
  }
  return below;
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** The four logits of one feature vector, before calibration. */
export function stageLogits(head: StageHead, features: Float32Array): StageVector {
  const values = head.reduce<ArrayLike<number>>(
    (x, layer, i) => forward(layer, i === 0 ? x : Float64Array.from(x, (v) => Math.max(0, v))),
    features,
  );
  return perStage((s) => values[s] ?? Number.NaN);
}

/** Exact derivatives of the four logits by the features, through dense layers, folded batch norms and ReLUs. */
export function stageGradients(head: StageHead, features: Float32Array): StageGradients {
  const opened: Int32Array[] = [];
  let values: ArrayLike<number> = features;
  for (const [i, layer] of head.entries()) {
    const y = forward(layer, values);
    const last = i === head.length - 1;
    opened.push(last ? Int32Array.of(0, 1, 2, 3) : active(y));
    values = last ? y : y.map((v) => Math.max(0, v));
  }
  const logits = perStage((s) => values[s] ?? Number.NaN);
  const gradients = head.reduceRight<PerStage<Float64Array>>(
    (above, layer, i) => backward(layer, above, opened[i] ?? new Int32Array(0)),
    perStage((s) => Float64Array.from({ length: 4 }, (_, t) => (s === t ? 1 : 0))),
  );
  return { gradients, logits, offset: perStage((s) => logits[s] - dot(gradients[s], features)) };
}
