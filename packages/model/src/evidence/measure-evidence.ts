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

/** The parts as a user knows them. */
export type EvidencePart =
  | 'fieldOverCells'
  | 'robustness'
  | 'novelty'
  | 'coverage'
  | 'hand'
  | 'boxes'
  | 'explanation';

export interface EvidenceProgress {
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
  readonly onProgress?: (progress: EvidenceProgress) => void;
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
    const total = Object.values(parts).reduce((sum, { steps }) => sum + steps, 0);
    let before = 0;
    const measured = async <Found>(part: EvidencePart, { steps, measure }: Part<Found>): Promise<Found> => {
      const found = await measure((done) => onProgress({ part, done: before + done, total }));
      before += steps;
      return found;
    };
    return parseEvidence({
      format: 'blastwise-evidence-1',
      modelDigest: artifact.digest,
      seed,
      side,
      fieldOverCells: await measured('fieldOverCells', parts.fieldOverCells),
      robustness: await measured('robustness', parts.robustness),
      novelty: await measured('novelty', parts.novelty),
      masks: {
        coverage: await measured('coverage', parts.coverage),
        hand: await measured('hand', parts.hand),
        boxes: await measured('boxes', parts.boxes),
      },
      explanation: await measured('explanation', parts.explanation),
    } satisfies ModelEvidence);
  } finally {
    await predictor.close();
  }
}
