import { buildHead, loadWeights } from '../architecture/index.ts';
import { type ArtifactContent, contentDigest, hybridConfigOf, type Lineage } from '../artifact/index.ts';
import { selectEngine } from '../engine/index.ts';
import type { GateResult } from '../gate/index.ts';
import { mixSeed } from '../random/index.ts';
import { copyWeights } from '../training/weights.ts';
import { answerParts } from './answer-parts.ts';
import type { CorrectedField } from './corrected-field.ts';
import { dataCounts } from './data-counts.ts';
import { fitHead } from './fit-head.ts';
import { headLogits } from './head-logits.ts';
import { lockedJudge } from './judge-locked.ts';
import { validationJudge } from './judge-validation.ts';
import { prepareRetraining } from './prepare.ts';
import { type RetrainingRecord, trainedRecord } from './record.ts';
import type { RetrainOptions } from './retrain-options.ts';
import { retrainedFiles } from './retrained-files.ts';

export interface RetrainedHead {
  /** For `saveArtifact`: the base's weights byte for byte, but for the head. */
  readonly content: ArtifactContent;
  /** The digest that the content will be saved under. */
  readonly digest: string;
  readonly lineage: Lineage;
  readonly record: RetrainingRecord;
  /** Null where no locked fields were given. */
  readonly gate: GateResult | null;
}

const SEEDS = { fit: 1, gate: 2 } as const;

/**
 * Trains the head of an artifact again, from the features cached in it and from corrected fields, and fits anew what
 * hangs on it: calibration, prediction sets, novelty threshold. The same input and seed give the same model, also when
 * the run was killed in between and resumed. A fixed fifth of the corrected groups is never learned from.
 *
 * @param baseDir the artifact's folder.
 * @throws DomainError ARTIFACT_INVALID for a base that is none or holds no features; BAD_INPUT for fields or options out
 * of range; LEAK_FOUND for a leak that quarantine does not mend; CONFLICT for a resumed run of other terms;
 * ENGINE_UNAVAILABLE. The signal's reason where it was aborted.
 */
export async function retrainHead(
  baseDir: string,
  corrected: readonly CorrectedField[],
  options: RetrainOptions = {},
): Promise<RetrainedHead> {
  const { locked, signal, onProgress, resume = false } = options;
  const started = performance.now();
  const { base, rows, lineage, recipe, costs, seed, checkpoint } = await prepareRetraining(
    baseDir,
    corrected,
    options,
  );
  const { name, architecture, preprocessing, calibration: before, run } = base.manifest;
  const { features, dimension } = rows.table;
  const hybrid = hybridConfigOf(base.manifest, 'retrained');
  const engine = await selectEngine(options.engine ?? 'auto');
  const head = buildHead({
    ...hybrid,
    widths: hybrid.head,
    features: dimension,
  });
  try {
    loadWeights(head, base.weights);
    const judge = validationJudge(head, rows, costs);
    const { figures: ofBase } = await judge();
    const weigh = locked && (await lockedJudge(head, locked, before));
    const { history, bestEpoch } = await fitHead(head, rows, {
      recipe,
      costs,
      judge,
      seed: mixSeed(seed, SEEDS.fit),
      resume,
      signal,
      onProgress,
      ...(checkpoint !== undefined && { checkpoint }),
    });
    const parts = answerParts(base, rows, await headLogits(head, features));
    const gate = weigh ? await weigh(parts.calibration, costs, mixSeed(seed, SEEDS.gate)) : null;
    const { figures: ofHead } = await judge();
    const record = plainRecord({
      kind: 'head-retraining',
      recipe,
      costs,
      seed,
      engine,
      data: dataCounts(rows),
      history,
      bestEpoch,
      seconds: (performance.now() - started) / 1000,
      validation: { before: ofBase, after: ofHead },
      calibration: parts.record,
      gate: gate && { ...gate, reasons: [...gate.reasons] },
      trained: trainedRecord(run),
    });
    const learned = new Map((await copyWeights(head)).map((weight) => [weight.name, weight]));
    const weights = [...base.weights.values()].map((weight) => learned.get(weight.name) ?? weight);
    const content = { name, architecture, preprocessing, ...parts.manifest, run: record, lineage, weights };
    const digest = contentDigest(content);
    const files = retrainedFiles(base, rows.table, { ...content, digest }, lineage, record);
    return { content: { ...content, files }, digest, lineage, record, gate };
  } finally {
    head.dispose();
  }
}

/** Through JSON: the record is plain data, and the manifest's type wants to see that. */
const plainRecord = (record: RetrainingRecord) =>
  JSON.parse(JSON.stringify(record)) as RetrainingRecord & ArtifactContent['run'];
