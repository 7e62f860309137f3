import { type CostMatrix, DomainError } from '@blastwise/contracts';
import type { Artifact } from '../artifact/index.ts';
import type { SplitFile } from '../dataset/index.ts';
import { openPredictor } from '../serving/index.ts';
import { explanationPart } from './explanation.ts';
import type { ExternalSets } from './external-sets.ts';
import { fieldOverCellsPart } from './field-over-cells.ts';
import { groupsOf } from './labelled-field.ts';
import { learnedFrom } from './learned-from.ts';
import { boxesPart, coveragePart, handMasksPart } from './masks/index.ts';
import { noveltyPart } from './novelty.ts';
import type { Part } from './part.ts';
import { robustnessPart } from './robustness.ts';
import { type ModelEvidence, parseEvidence } from './schema.ts';

/** The parts as a user knows them, in the order that progress tells of them. */
const EVIDENCE_PARTS = [
  'fieldOverCells',
  'robustness',
  'novelty',
  'coverage',
  'hand',
  'boxes',
  'explanation',
] as const;
export type EvidencePart = (typeof EVIDENCE_PARTS)[number];

export interface EvidenceProgress {
  /** The first that is not measured yet. */
  readonly part: EvidencePart;
  /** Steps over all parts. */
  readonly done: number;
  readonly total: number;
}

export interface EvidenceOptions {
  /** The fields of one side of a split, see `verifySplit`. */
  readonly fields: readonly SplitFile[];
  readonly external: ExternalSets;
  readonly costs: CostMatrix;
  readonly seed: number;
  readonly onProgress?: OnProgress;
}

function sideOf(artifact: Artifact, fields: readonly SplitFile[]): ModelEvidence['side'] {
  const [first] = fields;
  if (!first) throw new DomainError('BAD_INPUT', 'There is no field to measure on.');
  if (fields.every(({ stage }) => stage === first.stage))
    throw new DomainError('BAD_INPUT', `All fields are ${first.stage}: take some of other stages as well.`);
  return {
    name: first.side,
    fields: fields.length,
    groups: groupsOf(fields),
    learnedFrom: learnedFrom(artifact, fields),
  };
}

type OnProgress = (progress: EvidenceProgress) => void;

/** Waits for both; where one fails the other is stopped, and its end awaited. */
async function both<One, Other>(
  [one, other]: readonly [Promise<One>, Promise<Other>],
  stop: AbortController,
): Promise<[One, Other]> {
  try {
    return await Promise.all([one, other]);
  } catch (error) {
    stop.abort(error);
    await Promise.allSettled([one, other]);
    throw error;
  }
}

/** Counts the steps of parts that are measured side by side as one. */
function sumOf(parts: Readonly<Record<EvidencePart, Part<unknown>>>, onProgress: OnProgress) {
  const counts = EVIDENCE_PARTS.map((part) => ({ part, done: 0, steps: parts[part].steps }));
  const sum = (of: 'done' | 'steps') => counts.reduce((all, count) => all + count[of], 0);
  const total = sum('steps');
  return (part: EvidencePart, done: number): void => {
    for (const count of counts) if (count.part === part) count.done = done;
    const current = counts.find((count) => count.done < count.steps) ?? counts.at(-1);
    onProgress({ part: current?.part ?? part, done: sum('done'), total });
  };
}

/**
 * Measures a finished model as it serves, beyond the figures of its run: what the field adds over its cells, robustness,
 * novelty, masks and explanations, on one side of a split and on sets of other sources. Large sets are sampled by the
 * seed, the same for every model. Changes nothing on disk.
 *
 * @throws DomainError BAD_INPUT where there are no fields, or of one stage alone.
 */
export async function measureEvidence(
  artifactDir: string,
  { fields, external, costs, seed, onProgress = () => {} }: EvidenceOptions,
): Promise<ModelEvidence> {
  // One thread: the reading of images needs the other cores.
  const predictor = await openPredictor(artifactDir, { threads: 1 });
  try {
    const { artifact } = predictor;
    const side = sideOf(artifact, fields);
    const subject = { predictor, fields, costs, seed };
    const parts = {
      fieldOverCells: fieldOverCellsPart(subject),
      robustness: robustnessPart(subject),
      novelty: noveltyPart(subject, external),
      coverage: coveragePart(subject),
      hand: handMasksPart(subject, external.handMasks),
      boxes: boxesPart(subject, external.boxes),
      explanation: explanationPart(subject),
    };
    const report = sumOf(parts, onProgress);
    const stop = new AbortController();
    const measured = <Found>(part: EvidencePart, { measure }: Part<Found>): Promise<Found> =>
      measure((done) => {
        stop.signal.throwIfAborted();
        report(part, done);
      });
    // Masks are mostly this thread's work and answers mostly the network's: side by side neither waits for long.
    const answers = async () => ({
      fieldOverCells: await measured('fieldOverCells', parts.fieldOverCells),
      robustness: await measured('robustness', parts.robustness),
      novelty: await measured('novelty', parts.novelty),
      explanation: await measured('explanation', parts.explanation),
    });
    const masks = async () => ({
      coverage: await measured('coverage', parts.coverage),
      hand: await measured('hand', parts.hand),
      boxes: await measured('boxes', parts.boxes),
    });
    const [answered, drawn] = await both([answers(), masks()], stop);
    return parseEvidence({
      format: 'blastwise-evidence-1',
      modelDigest: artifact.digest,
      seed,
      side,
      ...answered,
      masks: drawn,
    } satisfies ModelEvidence);
  } finally {
    await predictor.close();
  }
}
