import { DomainError, type StageVector } from '@blastwise/contracts';
import type { Manifest, NamedTensor } from '../../artifact/index.ts';
import { type FeatureRows, fitOod } from '../../ood/index.ts';
import type { UpperAnswer } from '../../training/stages/index.ts';
import { type CalibratedParts, calibratedParts } from '../answer-parts.ts';
import { gatherRows, ownRowsOf, rowsOf, type TrainingRows } from '../training-rows.ts';
import type { PreparedNetwork } from './prepare.ts';
import { FAMILIAR } from './views.ts';

export interface NetworkParts extends Pick<CalibratedParts, 'record'> {
  readonly rows: TrainingRows;
  readonly manifest: Pick<Manifest, 'calibration' | 'conformal' | 'ood'>;
  /** Statistics of the novelty score. */
  readonly tensors: readonly NamedTensor[];
}

/**
 * What follows a new network: calibration and prediction sets from the base's own sides, as after a new head; and a novelty
 * score learned anew, since the features are new, from all that was trained on, its threshold from the base's own
 * validation side.
 */
export function networkParts(
  run: PreparedNetwork,
  answers: Readonly<Record<string, UpperAnswer>>,
): NetworkParts {
  const plain = answers['judge-plain'];
  if (!plain) throw new DomainError('INTERNAL', 'The network was not asked about the fields as they are.');
  const rows = rowsFrom(run, plain);
  const logits: StageVector[] = plain.logits;
  const { manifest, record } = calibratedParts(run.base, rows, logits);
  const training = new Set(rowsOf(rows, 'train'));
  const familiar = FAMILIAR.flatMap((kind) => answers[`judge-${kind}`] ?? []);
  const own = gatherRows(rows.table, ownRowsOf(rows, 'validation'));
  const { ood, tensors } = fitOod(
    joined(familiar, (field) => training.has(field)),
    {
      data: own,
      dimension: rows.table.dimension,
    },
  );
  return { rows, record, manifest: { ...manifest, ood }, tensors };
}

/** The features as cached rows: the base's own, then the corrections. A field's row is its index. */
function rowsFrom({ fields, own, weights, lineage }: PreparedNetwork, plain: UpperAnswer): TrainingRows {
  const groups = [...new Set(fields.map(({ group }) => group))];
  return {
    table: {
      features: plain.features,
      dimension: plain.dimension,
      labels: Uint8Array.from(fields, ({ label }) => label),
      groups: Int32Array.from(fields, ({ group }) => groups.indexOf(group)),
      sides: fields.map(({ side }) => side),
    },
    weights: Float32Array.from(weights),
    corrections: lineage.corrections,
    own,
  };
}

/** The rows of the wanted fields of all views, one after the other. */
function joined(views: readonly UpperAnswer[], wanted: (field: number) => boolean): FeatureRows {
  const dimension = views[0]?.dimension ?? 0;
  const rows = views.flatMap(({ fields, features }) =>
    fields.flatMap((field, i) =>
      wanted(field) ? [features.subarray(i * dimension, (i + 1) * dimension)] : [],
    ),
  );
  const data = new Float32Array(rows.length * dimension);
  rows.forEach((row, i) => {
    data.set(row, i * dimension);
  });
  return { data, dimension };
}
