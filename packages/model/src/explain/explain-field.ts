import type { StageVector } from '@blastwise/contracts';
import { FIELD_SIZE } from '../images/index.ts';
import type { LabelledCells } from '../segmentation/index.ts';
import { cellEvidence } from './cell-evidence.ts';
import { type EvidenceMap, evidenceOf, totalEvidence } from './evidence.ts';
import { addStages, centred, perStage } from './per-stage.ts';
import { stageGradients } from './stage-gradients.ts';
import type { StageHead } from './stage-head.ts';

/**
 * Why a field was given its logits. Parts are in logits less their mean over the stages (a stage's lead over the
 * others): `cells` + `background` + `maskedImage` + `offset` is the field's lead, exactly.
 */
export interface FieldExplanation {
  /** Signed evidence on the last map of the backbone; its positive part is the heat. */
  readonly evidence: EvidenceMap;
  /** One vector a white cell, in the order of their labels. */
  readonly cells: readonly StageVector[];
  /** The part of the map outside the white cells. */
  readonly background: StageVector;
  /** What the U-Net's features of the masked image add, which have no place in the field. */
  readonly maskedImage: StageVector;
  /** What the head answers without any feature, its units switched as they are here. */
  readonly offset: StageVector;
}

/** The parts of a network's answer that an explanation is made from. */
export interface ExplainedResult {
  readonly features: Float32Array;
  /** Row-major [side, side, channels]: the last map, whose average makes the first features. */
  readonly map: Float32Array;
}

/** Side of the last map: five halvings of the field. */
const MAP_SIDE = FIELD_SIZE / 32;

/** Gradient times activation of one field, split over its cells; see {@link evidenceOf} and {@link cellEvidence}. */
export function explainField(
  head: StageHead,
  { features, map }: ExplainedResult,
  cells: LabelledCells,
): FieldExplanation {
  const gradients = stageGradients(head, features);
  const evidence = evidenceOf(gradients, map, MAP_SIDE);
  const ofCells = cellEvidence(evidence, cells, FIELD_SIZE);
  const whole = totalEvidence(evidence);
  const inCells = ofCells.reduce(
    addStages,
    perStage(() => 0),
  );
  const { logits, offset } = gradients;
  return {
    evidence,
    cells: ofCells.map(centred),
    background: centred(perStage((s) => whole[s] - inCells[s])),
    maskedImage: centred(perStage((s) => logits[s] - offset[s] - whole[s])),
    offset: centred(offset),
  };
}
