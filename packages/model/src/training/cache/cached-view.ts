import { readState, writeState } from '../checkpoint.ts';
import { readHalves } from './half.ts';
import type { ViewPlan } from './plan-views.ts';

/**
 * What the frozen part of the network says of one view of some fields, a row a field. The arrays lie in shared memory,
 * so that trainings side by side read one copy.
 */
export interface CachedView extends Pick<ViewPlan, 'name' | 'use' | 'kind'> {
  /** Index of each row's field. */
  readonly fields: Int32Array;
  /** Index of the field whose colours or background each row shows; -1 where none. */
  readonly donors: Int32Array;
  /** Backbone maps at the tap, half floats, [rows, mapLength]. */
  readonly maps: Uint16Array;
  readonly mapLength: number;
  /** U-Net features, [rows, unetLength]. */
  readonly unet: Float32Array;
  readonly unetLength: number;
}

const shared = (bytes: number) => new SharedArrayBuffer(Math.max(4, bytes));

/** An empty view of the given fields, to be filled. */
export function emptyView(
  { name, use, kind }: ViewPlan,
  fields: readonly number[],
  { mapLength, unetLength }: Pick<CachedView, 'mapLength' | 'unetLength'>,
): CachedView {
  const n = fields.length;
  const view = {
    name,
    use,
    kind,
    fields: new Int32Array(shared(n * 4), 0, n),
    donors: new Int32Array(shared(n * 4), 0, n).fill(-1),
    maps: new Uint16Array(shared(n * mapLength * 2), 0, n * mapLength),
    mapLength,
    unet: new Float32Array(shared(n * unetLength * 4), 0, n * unetLength),
    unetLength,
  };
  view.fields.set(fields);
  return view;
}

export async function writeView(file: string, view: CachedView): Promise<void> {
  const { maps, unet, donors, mapLength, unetLength } = view;
  await writeState(
    file,
    [
      { name: 'maps', dtype: 'F16', shape: [maps.length], data: maps },
      { name: 'unet', dtype: 'F32', shape: [unet.length], data: unet },
      { name: 'donors', dtype: 'I32', shape: [donors.length], data: donors },
    ],
    { mapLength, unetLength },
  );
}

/** What {@link writeView} wrote for the same fields, or null. */
export async function readView(
  file: string,
  plan: ViewPlan,
  fields: readonly number[],
): Promise<CachedView | null> {
  const stored = await readState(file);
  const [maps, unet, donors] = ['maps', 'unet', 'donors'].map((name) => stored?.tensors.get(name)?.data);
  if (!(maps instanceof Uint16Array) || !(unet instanceof Float32Array) || !(donors instanceof Int32Array))
    return null;
  if (donors.length !== fields.length) return null;
  const view = emptyView(plan, fields, stored?.state as { mapLength: number; unetLength: number });
  view.maps.set(maps);
  view.unet.set(unet);
  view.donors.set(donors);
  return view;
}

/** Copies row `row` of a view into a batch's arrays at `position`. */
export function copyRow(
  view: CachedView,
  row: number,
  batch: { maps: Float32Array; unet: Float32Array },
  position: number,
): void {
  readHalves(view.maps, row * view.mapLength, view.mapLength, batch.maps, position * view.mapLength);
  const unet = view.unet.subarray(row * view.unetLength, (row + 1) * view.unetLength);
  batch.unet.set(unet, position * view.unetLength);
}
