import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Donor, makeView, type ViewKind } from '../../counterfactual/index.ts';
import { LOWER_OUTPUTS } from '../../export/index.ts';
import { mixSeed } from '../../random/index.ts';
import { type OnnxSession, openSession } from '../../serving/index.ts';
import { readState, writeState } from '../checkpoint.ts';
import type { StagesConfig } from '../config.ts';
import type { TrainingField } from '../fields.ts';
import type { Report } from '../progress.ts';
import { readHalves, writeHalves } from './half.ts';

/** What the frozen part of the network says of one view of every field of a side. */
export interface CachedView {
  readonly kind: ViewKind;
  readonly side: 'train' | 'validation';
  /** Backbone maps at the tap, half floats, [fields, mapLength]. */
  readonly maps: Uint16Array;
  readonly mapLength: number;
  /** U-Net features, [fields, unetLength]. */
  readonly unet: Float32Array;
  readonly unetLength: number;
}

export interface ViewPlan {
  readonly name: string;
  readonly kind: ViewKind;
  readonly side: 'train' | 'validation';
  readonly turned: boolean;
}

/** Fields of one run of the network. */
const BATCH = 4;
/** What every epoch is judged on: the fields as they are, and with another stage's colours. */
const VALIDATION_KINDS = ['plain', 'recoloured'] as const;

/** The first plain copy is the field as it is (its features go into the artifact); every other training copy is turned. */
export function planViews({ views }: StagesConfig): ViewPlan[] {
  const training = views.flatMap(({ kind, copies }) =>
    Array.from({ length: copies }, (_, copy): ViewPlan => {
      return { name: `train-${kind}-${copy}`, kind, side: 'train', turned: kind !== 'plain' || copy > 0 };
    }),
  );
  const validation = VALIDATION_KINDS.map((kind): ViewPlan => {
    return { name: `validation-${kind}`, kind, side: 'validation', turned: false };
  });
  return [...training, ...validation];
}

export interface CacheOptions {
  readonly seed: number;
  /** Keeps each view's file for a resumed run. */
  readonly folder: string;
  readonly report: Report;
}

type LowerSession = OnnxSession<(typeof LOWER_OUTPUTS)[number]>;

/** Runs the exported lower part over every planned view of every field, through ONNX Runtime. */
export async function cacheViews(
  fields: readonly TrainingField[],
  plans: readonly ViewPlan[],
  lowerOnnx: Uint8Array,
  { seed, folder, report }: CacheOptions,
): Promise<CachedView[]> {
  const donors: readonly Donor[] = fields.filter((f) => f.side === 'train');
  // One thread a session and one session a core: threads of one run wait for each other in busy loops.
  const open = () => openSession(lowerOnnx, { outputs: LOWER_OUTPUTS, threads: 1 });
  const sessions = await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, open));
  let done = 0;
  const advance = (n: number) => {
    done += n;
    report(done);
  };
  try {
    const cached: CachedView[] = [];
    for (const plan of plans) {
      const shown = fields.filter((f) => f.side === plan.side);
      const file = join(folder, `${plan.name}.safetensors`);
      const known = await readView(file, plan);
      const viewSeed = mixSeed(seed, ...Buffer.from(plan.name));
      const view = known ?? (await makeCachedView(shown, donors, plan, sessions, viewSeed, advance));
      if (known) advance(shown.length);
      else await writeView(file, view);
      cached.push(view);
    }
    return cached;
  } finally {
    await Promise.all(sessions.map((session) => session.close()));
  }
}

/** The sessions share the fields: each takes the next batch when it has answered the last. */
async function makeCachedView(
  shown: readonly TrainingField[],
  donors: readonly Donor[],
  plan: ViewPlan,
  sessions: readonly LowerSession[],
  seed: number,
  advance: (n: number) => void,
): Promise<CachedView> {
  let view: CachedView | undefined;
  let next = 0;
  const work = async (session: LowerSession) => {
    while (next < shown.length) {
      const first = next;
      next += BATCH;
      const images = shown.slice(first, first + BATCH).map((field, i) => {
        return makeView(field, donors, {
          kind: plan.kind,
          seed: mixSeed(seed, first + i),
          turned: plan.turned,
        });
      });
      for (const [i, result] of (await session.run(images)).entries()) {
        view ??= emptyView(plan, shown.length, result.map.length, result.unet_features.length);
        writeHalves(result.map, view.maps, (first + i) * view.mapLength);
        view.unet.set(result.unet_features, (first + i) * view.unetLength);
      }
      advance(images.length);
    }
  };
  await Promise.all(sessions.map(work));
  return view ?? emptyView(plan, 0, 0, 0);
}

function emptyView({ kind, side }: ViewPlan, n: number, mapLength: number, unetLength: number): CachedView {
  const [maps, unet] = [new Uint16Array(n * mapLength), new Float32Array(n * unetLength)];
  return { kind, side, maps, mapLength, unet, unetLength };
}

async function writeView(file: string, { maps, mapLength, unet, unetLength }: CachedView): Promise<void> {
  await writeState(
    file,
    [
      { name: 'maps', dtype: 'F16', shape: [maps.length], data: maps },
      { name: 'unet', dtype: 'F32', shape: [unet.length], data: unet },
    ],
    { mapLength, unetLength },
  );
}

async function readView(file: string, { kind, side }: ViewPlan): Promise<CachedView | null> {
  const stored = await readState(file);
  const [maps, unet] = [stored?.tensors.get('maps')?.data, stored?.tensors.get('unet')?.data];
  if (!(maps instanceof Uint16Array) || !(unet instanceof Float32Array)) return null;
  return { kind, side, maps, unet, ...(stored?.state as { mapLength: number; unetLength: number }) };
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
