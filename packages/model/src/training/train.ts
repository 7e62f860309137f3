import { join } from 'node:path';
import { loadWeights } from '../architecture/index.ts';
import { encodeMarks, MARKS_FILE } from '../artifact/index.ts';
import { type Split, verifySplit } from '../dataset/index.ts';
import {
  type ExternalSets,
  findExternalSets,
  type ModelEvidence,
  measureEvidence,
} from '../evidence/index.ts';
import { LOCKED_TEST_FILE, markFields } from '../judging/index.ts';
import { saveDraft, saveTrained, trainedContent } from './artifact-content.ts';
import { removeFolder } from './checkpoint.ts';
import type { TrainingField } from './fields.ts';
import type { FitResult } from './fit.ts';
import { outOfFold } from './folds/index.ts';
import { foldJob, ownJob, prepareRun, type Run, type RunOptions, runJobs } from './prepare-run.ts';
import { type Report, reporter } from './progress.ts';
import type { RunRecord } from './report/index.ts';
import { dataRecord } from './run-inputs.ts';
import { COPIES, type JudgedTestSide, judgeTestSide } from './test-side.ts';

export interface TrainOptions extends RunOptions {
  /** Origin of the fields and how their stages were confirmed, for the model card. */
  readonly about?: string;
  /** A folder of sets of other sources to measure the evidence on as well, see `findExternalSets`. */
  readonly external?: string;
}

export interface TrainedArtifact {
  readonly dir: string;
  readonly digest: string;
  readonly run: RunRecord;
}

/**
 * The whole recipe: weak masks, U-Net, cached views of the frozen part, fine-tuning, calibration, judgement on the
 * test side, artifact. Every phase leaves its result in `<out>.training`, so a killed run can be resumed.
 *
 * @throws DomainError BAD_INPUT, NOT_FOUND, CONFLICT for what is given; ENGINE_UNAVAILABLE for the engine.
 */
export async function train(options: TrainOptions): Promise<TrainedArtifact> {
  const external = await findExternalSets(options.external);
  const run = await prepareRun(options);
  const { config, fields, split, engine, out, work, masks, parts, seconds, time } = run;
  try {
    const jobs = [ownJob(run), ...run.folds.map((_, fold) => foldJob(run, fold))];
    const [stages, ...folds] = await time('stages', () => runJobs(run, jobs));
    if (!stages) throw new RangeError('No training answered.');
    loadWeights(parts.whole, new Map(stages.weights.map((w) => [w.name, w])), { partial: true });
    const { content, calibration } = await trainedContent(fields, stages, parts, config, split);
    const draft = join(work, 'draft');
    await saveDraft(draft, content);
    const { figures: test, lockedTest } = await time('artifact', () => judge(run, draft));
    const evidence = await time('evidence', () => gatherEvidence(run, draft, options.data, split, external));
    const trained = folds.map((result, k) => ({ sides: run.folds[k] ?? [], result }));
    const record: RunRecord = {
      config,
      engine,
      data: dataRecord(fields, split, options.about),
      parts: { masks: partRecord(masks), stages: partRecord(stages) },
      seconds,
      calibration,
      outOfFold: outOfFold(fields, trained, config.costs, config.seed),
      test,
    };
    const marks = encodeMarks(await markFields(await verifySplit(options.data, split)));
    const files = { ...content.files, [LOCKED_TEST_FILE]: lockedTest, [MARKS_FILE]: marks };
    const finished = { ...content, files };
    const digest = await saveTrained(out, finished, record, evidence, options.overwrite ?? false);
    await removeFolder(work);
    return { dir: out, digest, run: record };
  } finally {
    parts.dispose();
  }
}

const partRecord = ({ history, bestEpoch }: FitResult) => ({ history, bestEpoch });
const countOf = ({ fields }: Run, side: TrainingField['side']) =>
  fields.filter((f) => f.side === side).length;

function judge(run: Run, draft: string): Promise<JudgedTestSide> {
  const { config, fields, onProgress } = run;
  const report = reporter('artifact', COPIES.length * countOf(run, 'test'), onProgress);
  return judgeTestSide(draft, fields, config.costs, { seed: config.seed, report });
}

/** What is measured on the finished model beyond the figures of the run. */
async function gatherEvidence(
  { config, onProgress }: Run,
  draft: string,
  data: string,
  split: Split,
  external: ExternalSets,
): Promise<ModelEvidence> {
  const { costs, seed } = config;
  let report: Report | undefined;
  return measureEvidence(draft, {
    fields: await verifySplit(data, split, 'test'),
    external,
    costs,
    seed,
    onProgress: ({ done, total }) => {
      report ??= reporter('evidence', total, onProgress);
      report(done);
    },
  });
}
