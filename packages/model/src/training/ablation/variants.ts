import type { CachedView } from '../cache/index.ts';
import type { StagesConfig } from '../config.ts';
import type { StagesJob } from '../stages/index.ts';
import type { TrainingViewKind } from '../views/index.ts';

/** The recipe with one part taken away. */
export interface Variant {
  readonly name: string;
  /** What was taken away, for people. */
  readonly title: string;
  readonly without: (job: StagesJob) => StagesJob;
}

const withViews =
  (keep: (kind: TrainingViewKind) => boolean): Variant['without'] =>
  (job) => {
    const views: StagesConfig['views'] = job.config.stages.views.filter(({ kind }) => keep(kind));
    return { ...job, config: { ...job.config, stages: { ...job.config.stages, views } } };
  };

/** What the U-Net block says of the cells is replaced by zeros, in training and in judgement. */
const withoutUNet: Variant['without'] = (job) => ({
  ...job,
  views: job.views.map((view): CachedView => ({ ...view, unet: new Float32Array(view.unet.length) })),
});

/** The backbone learns as it serves, its batch norms folded into its filters. */
const withoutBatchNorms: Variant['without'] = (job) => ({
  ...job,
  config: { ...job.config, stages: { ...job.config.stages, unfoldBatchNorms: false } },
});

/** The whole recipe comes first: the others are compared with it. */
export const VARIANTS: readonly [Variant, ...Variant[]] = [
  { name: 'complete', title: 'nothing', without: (job) => job },
  { name: 'unet-block', title: 'the U-Net block', without: withoutUNet },
  { name: 'batch-norms', title: "the backbone's batch norms while it learns", without: withoutBatchNorms },
  {
    name: 'lying-views',
    title: 'all views that lie: fields as they were photographed',
    without: withViews((kind) => kind === 'plain'),
  },
  {
    name: 'exchanged-colours',
    title: 'colours exchanged across stages',
    without: withViews((kind) => kind !== 'recoloured'),
  },
  { name: 'grey', title: 'grey copies', without: withViews((kind) => kind !== 'grey') },
  {
    name: 'exchanged-backgrounds',
    title: 'cells on a colour or on a foreign background',
    without: withViews((kind) => kind !== 'cells-on-colour' && kind !== 'cells-on-foreign'),
  },
  {
    name: 'cell-less',
    title: 'cell-less fields as "no stage"',
    without: withViews((kind) => kind !== 'cell-less'),
  },
];
