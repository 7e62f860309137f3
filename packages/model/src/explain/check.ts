import { stageIndex } from '@blastwise/contracts';
import type { Artifact } from '../artifact/index.ts';
import { calibrate } from '../calibration/index.ts';
import { mostProbable } from '../decision/index.ts';
import { EXPLAINED_OUTPUTS, exportOnnx } from '../export/index.ts';
import { FIELD_SIZE, preprocess, type RgbImage } from '../images/index.ts';
import { type Estimate, estimate } from '../metrics/index.ts';
import { type OnnxSession, openSession } from '../serving/session.ts';
import { cellEvidence } from './cell-evidence.ts';
import { type EvidenceMap, evidenceOf } from './evidence.ts';
import { perStage } from './per-stage.ts';
import { randomised } from './randomise.ts';
import { spearman } from './rank-correlation.ts';
import { stageGradients } from './stage-gradients.ts';
import { readStageHead, type StageHead } from './stage-head.ts';

export interface CheckedField {
  readonly group: string;
  /** Decoded when its turn has come. */
  readonly read: () => Promise<RgbImage>;
}

/** Two checks of the heat of the named stage; estimates are means over fields, null where no field gave a value. */
export interface ExplanationCheck {
  readonly fields: number;
  /**
   * Spearman's rank correlation between the heat of the model and that of the model with shuffled weights, in the head
   * alone or in all that was tuned (Adebayo et al. 2018): near 1, the heat would show the image and not the model.
   */
  readonly randomisation: { readonly head: Estimate | null; readonly upper: Estimate | null };
  readonly energy: {
    /** Share of the heat that lies on white cells. */
    readonly onCells: Estimate | null;
    /** Share of the field that is white cells: what heat without aim would have. */
    readonly cellArea: Estimate | null;
  };
}

interface Explainer {
  readonly head: StageHead;
  readonly session: OnnxSession<(typeof EXPLAINED_OUTPUTS)[number]>;
}

async function open(artifact: Artifact): Promise<Explainer> {
  const session = await openSession(await exportOnnx(artifact), { outputs: EXPLAINED_OUTPUTS, threads: 1 });
  return { head: readStageHead(artifact), session };
}

/** The network's answer for one field and the heat of every stage on the last map. */
async function heatOf({ head, session }: Explainer, field: RgbImage) {
  const [result] = await session.run([field]);
  if (!result) throw new RangeError('The network left a field unanswered.');
  const { values, side } = evidenceOf(stageGradients(head, result.features), result.map, FIELD_SIZE / 32);
  const heat: EvidenceMap = { side, values: perStage((s) => values[s].map((e) => Math.max(0, e))) };
  return { ...result, heat };
}

/** Where the first channel of the masks is at least one half. */
function cellsOf(masks: Float32Array): Int32Array {
  const pixels = FIELD_SIZE * FIELD_SIZE;
  const channels = masks.length / pixels;
  return Int32Array.from({ length: pixels }, (_, i) => ((masks[i * channels] ?? 0) >= 0.5 ? 1 : 0));
}

/** Runs both checks over fields, each brought to the training size. */
export async function checkExplanations(
  artifact: Artifact,
  fields: readonly CheckedField[],
  { seed, progress }: { readonly seed: number; readonly progress?: (done: number, total: number) => void },
): Promise<ExplanationCheck> {
  const own = await open(artifact);
  const head = await open(await randomised(artifact, 'head', seed));
  const upper = await open(await randomised(artifact, 'upper', seed));
  try {
    const seen: Record<'head' | 'upper' | 'onCells' | 'cellArea', { group: string; value: number | null }[]> =
      {
        head: [],
        upper: [],
        onCells: [],
        cellArea: [],
      };
    for (const [i, { group, read }] of fields.entries()) {
      const { field } = await preprocess(await read());
      const [answer, ofHead, ofUpper] = await Promise.all([
        heatOf(own, field),
        heatOf(head, field),
        heatOf(upper, field),
      ]);
      const [a = Number.NaN, b = Number.NaN, c = Number.NaN, d = Number.NaN] = answer.logits;
      const stage = stageIndex(mostProbable(calibrate([a, b, c, d], artifact.manifest.calibration)));
      const named = (heat: EvidenceMap) => heat.values[stage] ?? new Float64Array(0);
      const ours = named(answer.heat);
      seen.head.push({ group, value: spearman(ours, named(ofHead.heat)) });
      seen.upper.push({ group, value: spearman(ours, named(ofUpper.heat)) });
      const labels = cellsOf(answer.mask);
      const [onCells] = cellEvidence(answer.heat, { count: 1, labels }, FIELD_SIZE);
      const total = ours.reduce((sum, e) => sum + e, 0);
      seen.onCells.push({ group, value: total > 0 ? (onCells?.[stage] ?? 0) / total : null });
      seen.cellArea.push({ group, value: labels.reduce((sum, l) => sum + l, 0) / labels.length });
      progress?.(i + 1, fields.length);
    }
    const mean = (name: keyof typeof seen) => estimate(seen[name], seed);
    return {
      fields: fields.length,
      randomisation: { head: mean('head'), upper: mean('upper') },
      energy: { onCells: mean('onCells'), cellArea: mean('cellArea') },
    };
  } finally {
    await Promise.all([own, head, upper].map(({ session }) => session.close()));
  }
}
