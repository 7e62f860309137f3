import { MATURITY_STAGES, type StageVector } from '@blastwise/contracts';
import type * as tf from '../../engine/tf.ts';
import { type Answerer, openAnswerer } from '../answerer.ts';
import { type CachedView, copyRow } from '../cache/index.ts';

/** One row of a cached view. */
export interface CachedRow {
  readonly view: CachedView;
  readonly row: number;
}

/** Logits and features of some rows of one view. */
export interface UpperAnswer {
  /** Index of each row's field. */
  readonly fields: number[];
  readonly logits: StageVector[];
  /** [rows, dimension]. */
  readonly features: Float32Array;
  readonly dimension: number;
}

/** The rows' cached maps and U-Net features: the upper part's inputs, in its order. */
export function gather(rows: readonly CachedRow[]): [maps: Float32Array, unet: Float32Array] {
  const { mapLength = 0, unetLength = 0 } = rows[0]?.view ?? {};
  const batch = {
    maps: new Float32Array(rows.length * mapLength),
    unet: new Float32Array(rows.length * unetLength),
  };
  rows.forEach(({ view, row }, i) => {
    copyRow(view, row, batch, i);
  });
  return [batch.maps, batch.unet];
}

const BATCH = 32;

/** What the upper part says, without dropout, of the rows of a view whose field is wanted. */
export type AskUpper = (view: CachedView, wanted?: (field: number) => boolean) => Promise<UpperAnswer>;

/** Opens the upper part for as long as `use` takes; it answers by the weights that it has when it is asked. */
export async function askingUpper<T>(upper: tf.LayersModel, use: (ask: AskUpper) => Promise<T>): Promise<T> {
  const network = await openAnswerer(upper, BATCH);
  const dimension = upper.outputs[1]?.shape[1] ?? 0;
  try {
    return await use((view, wanted = () => true) => {
      network.follow();
      return answer(network, dimension, view, wanted);
    });
  } finally {
    await network.close();
  }
}

async function answer(
  network: Answerer,
  dimension: number,
  view: CachedView,
  wanted: (field: number) => boolean,
): Promise<UpperAnswer> {
  const rows = [...view.fields.keys()].filter((row) => wanted(view.fields[row] ?? -1));
  const logits: StageVector[] = [];
  const features = new Float32Array(rows.length * dimension);
  for (let first = 0; first < rows.length; first += BATCH) {
    const some = rows.slice(first, first + BATCH).map((row) => ({ view, row }));
    const [values = [], seen = new Float32Array()] = await network.answer(gather(some), some.length);
    for (let i = 0; i < some.length; i++) {
      const at = (k: number) => values[i * MATURITY_STAGES.length + k] ?? 0;
      logits.push([at(0), at(1), at(2), at(3)]);
    }
    features.set(seen, first * dimension);
  }
  return { fields: rows.map((row) => view.fields[row] ?? -1), logits, features, dimension };
}
