import { DomainError, RESEARCH_NOTICE } from '@blastwise/contracts';
import { replaceFolder, writeFiles } from '../../artifact/folder.ts';
import type { ViewKind } from '../../counterfactual/index.ts';
import { mostProbable } from '../../decision/index.ts';
import { type Estimate, estimateGain } from '../../metrics/index.ts';
import { removeFolder } from '../checkpoint.ts';
import { COPIES, copyScores, type JudgedRow, judgedRows } from '../folds/index.ts';
import { foldJob, type PreparedRun, prepareRun, type RunOptions, runJobs } from '../prepare-run.ts';
import type { CopyScores } from '../report/index.ts';
import { ablationReport } from './report.ts';
import { VARIANTS, type Variant } from './variants.ts';

export interface AblateOptions extends Omit<RunOptions, 'epochs'> {
  readonly folds: number;
  /** How many of the folds are judged; all by default. */
  readonly judged?: number | undefined;
  /** Epochs of every training instead of the recipe's. */
  readonly epochs?: number | undefined;
}

/** What a variant scores on fields that it did not train on, and by how much less it names than the whole recipe. */
export interface AblatedVariant {
  readonly name: string;
  readonly title: string;
  readonly copies: Readonly<Record<ViewKind, CopyScores>>;
  /** Accuracy of the whole recipe less the variant's, paired field by field; null for the whole recipe itself. */
  readonly loss: Readonly<Record<ViewKind, Estimate | null>> | null;
}

export interface Ablation {
  readonly folds: number;
  readonly judged: number;
  readonly epochs: number;
  readonly seed: number;
  readonly n: number;
  readonly groups: number;
  readonly variants: readonly AblatedVariant[];
}

type Rows = (kind: ViewKind) => JudgedRow[];

/**
 * Trains the recipe with each of its parts taken away, on the same cached views and folds, and judges all on the same
 * fields. Writes `out` with `ablation.json` and `ABLATION.md`; a killed run goes on with `resume`.
 *
 * @throws DomainError as `prepareRun`, and BAD_INPUT when more folds are to be judged than there are.
 */
export async function ablate({ judged, epochs, ...options }: AblateOptions): Promise<Ablation> {
  const count = judged ?? options.folds;
  if (count > options.folds) {
    throw new DomainError('BAD_INPUT', `Of ${options.folds} folds at most ${options.folds} can be judged.`);
  }
  const run = await prepareRun(options);
  try {
    const jobs = VARIANTS.flatMap((variant) =>
      Array.from({ length: count }, (_, fold) => jobOf(run, variant, fold, epochs)),
    );
    const results = await run.time('stages', () => runJobs(run, jobs));
    const rows = VARIANTS.map((_, v): Rows => {
      const own = results.slice(v * count, (v + 1) * count);
      return judgedRows(
        run.fields,
        own.map((result, fold) => ({ sides: run.folds[fold] ?? [], result })),
      );
    });
    const ablation = summarised(run, rows, {
      folds: options.folds,
      judged: count,
      epochs: jobs[0]?.config.stages.epochs ?? 0,
    });
    await replaceFolder(run.out, (folder) =>
      writeFiles(folder, {
        'ablation.json': `${JSON.stringify({ ...ablation, notice: RESEARCH_NOTICE }, null, 2)}\n`,
        'ABLATION.md': ablationReport(ablation),
      }),
    );
    await removeFolder(run.work);
    return ablation;
  } finally {
    run.parts.dispose();
  }
}

function jobOf(run: PreparedRun, { name, without }: Variant, fold: number, epochs: number | undefined) {
  const job = without(foldJob(run, fold));
  const stages = { ...job.config.stages, epochs: epochs ?? job.config.stages.epochs };
  return { ...job, name: `${name}-${fold + 1}`, config: { ...job.config, stages } };
}

function summarised(
  { config: { costs, seed } }: PreparedRun,
  rows: readonly Rows[],
  counts: Pick<Ablation, 'folds' | 'judged' | 'epochs'>,
): Ablation {
  const byCopy = <T>(of: (kind: ViewKind) => T) =>
    Object.fromEntries(COPIES.map((kind) => [kind, of(kind)])) as Record<ViewKind, T>;
  const [complete] = rows;
  if (!complete) throw new RangeError('There is nothing to compare with.');
  const lossOf = (own: Rows) =>
    byCopy((kind) => {
      const others = own(kind);
      const pairs = complete(kind).map((row, i) => ({
        group: row.group,
        one: isRight(row),
        other: isRight(others[i] ?? row),
      }));
      return estimateGain(pairs, seed);
    });
  const plain = complete('plain');
  return {
    ...counts,
    seed,
    n: plain.length,
    groups: new Set(plain.map(({ group }) => group)).size,
    variants: VARIANTS.map(({ name, title }, v) => {
      const own = rows[v] ?? complete;
      const copies = byCopy((kind) => copyScores(own(kind), costs, seed));
      return { name, title, copies, loss: own === complete ? null : lossOf(own) };
    }),
  };
}

const isRight = ({ actual, probabilities }: JudgedRow): boolean => mostProbable(probabilities) === actual;
