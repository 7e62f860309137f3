import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Donor, makeView } from '../../counterfactual/index.ts';
import type { LOWER_OUTPUTS } from '../../export/index.ts';
import { mixSeed } from '../../random/index.ts';
import { type OnnxSession, openSession } from '../../serving/index.ts';
import type { TrainingField } from '../fields.ts';
import type { Report } from '../progress.ts';
import { type TrainingView, trainingView } from '../views/index.ts';
import { type CachedView, emptyView, readView, writeView } from './cached-view.ts';
import { writeHalves } from './half.ts';
import type { ViewPlan } from './plan-views.ts';

/** Fields of one run of the network. */
const BATCH = 4;

export interface CacheOptions {
  readonly seed: number;
  /** Keeps each view's file for a resumed run. */
  readonly folder: string;
  readonly report: Report;
}

type LowerOutput = (typeof LOWER_OUTPUTS)[number];
type LowerSession = OnnxSession<'map' | 'unet_features'>;
const OUTPUTS = ['map', 'unet_features'] as const satisfies readonly LowerOutput[];

/** Fields of a plan's sides, by their index. */
export const shownBy = ({ sides }: ViewPlan, fields: readonly TrainingField[]): number[] =>
  fields.flatMap(({ side }, i) => (sides.includes(side) ? [i] : []));

/**
 * Runs the frozen part (lower network, as ONNX) once over every planned view, on every core. Donors are drawn among all
 * fields and kept with the row: a training leaves out the rows whose donor it must not see.
 */
export async function cacheViews(
  fields: readonly TrainingField[],
  plans: readonly ViewPlan[],
  lowerOnnx: Uint8Array,
  { seed, folder, report }: CacheOptions,
): Promise<CachedView[]> {
  // One thread a session and one session a core: threads of one run wait for each other in busy loops.
  const open = () => openSession(lowerOnnx, { outputs: OUTPUTS, threads: 1 });
  const sessions = await Promise.all(Array.from({ length: Math.min(8, availableParallelism()) }, open));
  let done = 0;
  const advance = (n: number) => {
    done += n;
    report(done);
  };
  try {
    const cached: CachedView[] = [];
    for (const plan of plans) {
      const rows = shownBy(plan, fields);
      const file = join(folder, `${plan.name}.safetensors`);
      const known = await readView(file, plan, rows);
      const viewSeed = mixSeed(seed, ...Buffer.from(plan.name));
      const view = known ?? (await makeCachedView(fields, rows, plan, sessions, viewSeed, advance));
      if (known) advance(rows.length);
      else await writeView(file, view);
      cached.push(view);
    }
    return cached;
  } finally {
    await Promise.all(sessions.map((session) => session.close()));
  }
}

/** The field as the plan shows it; what epochs and folds are judged on is neither turned nor photographed anew. */
async function show(
  field: TrainingField,
  fields: readonly TrainingField[],
  plan: ViewPlan,
  seed: number,
): Promise<TrainingView> {
  if (plan.use === 'train') return trainingView(field, fields, plan.kind, seed);
  const donors: readonly Donor[] = fields;
  return { image: await makeView(field, donors, { kind: plan.kind, seed, neutral: true }), donor: -1 };
}

/** The sessions share the fields: each takes the next batch when it has answered the last. */
async function makeCachedView(
  fields: readonly TrainingField[],
  rows: readonly number[],
  plan: ViewPlan,
  sessions: readonly LowerSession[],
  seed: number,
  advance: (n: number) => void,
): Promise<CachedView> {
  let view: CachedView | undefined;
  let next = 0;
  const prepare = () => {
    const first = next;
    const batch = rows.slice(first, first + BATCH);
    next += batch.length;
    const views = Promise.all(
      batch.map((index) => show(fields[index] as TrainingField, fields, plan, mixSeed(seed, index))),
    );
    // It is awaited only after the batch before, by when a failure would count as unheard.
    views.catch(() => {});
    return { first, views };
  };
  const work = async (session: LowerSession) => {
    for (let batch = prepare(); ; ) {
      const { first } = batch;
      const views = await batch.views;
      if (views.length === 0) return;
      const running = session.run(views.map(({ image }) => image));
      // The next views are drawn while the network reads these.
      batch = prepare();
      for (const [i, result] of (await running).entries()) {
        view ??= emptyView(plan, rows, {
          mapLength: result.map.length,
          unetLength: result.unet_features.length,
        });
        writeHalves(result.map, view.maps, (first + i) * view.mapLength);
        view.unet.set(result.unet_features, (first + i) * view.unetLength);
        view.donors[first + i] = views[i]?.donor ?? -1;
      }
      advance(views.length);
    }
  };
  await Promise.all(sessions.map(work));
  return view ?? emptyView(plan, [], { mapLength: 0, unetLength: 0 });
}
