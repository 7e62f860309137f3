import { MATURITY_STAGES, type MaturityStage, type Scale, type WhiteCell } from '@blastwise/contracts';
import { percent } from '@blastwise/ui';
import type { FieldResult } from './types.ts';

/** "+2.10": evidence for a stage, "−1.40": against it; what is shown as nothing has no sign. */
export function signed(value: number): string {
  const size = Math.abs(value).toFixed(2);
  if (Number(size) === 0) return size;
  return `${value < 0 ? '\u2212' : '+'}${size}`;
}

/** Evidence below this changes no answer, in logits. */
const LITTLE = 0.02;

/** A full bar stands for at least this much evidence, in logits, however little the cells of a field say. */
export const FULL_BAR_AT_LEAST = 0.5;

/** What a prediction set says: `null` for a model without such sets. */
export function setSentence(set: readonly MaturityStage[] | null): string | null {
  if (set === null) return null;
  const [only] = set;
  return set.length === 1 ? `Only ${only} fits` : `Cannot rule out: ${set.join(', ')}`;
}

export interface CellVoice {
  readonly stage: MaturityStage;
  /** "+2.10" */
  readonly strength: string;
}

/** The stage that a cell speaks for most, and the one it speaks against most. */
export function voicesOf(contributions: NonNullable<WhiteCell['contributions']>): {
  for: CellVoice | null;
  against: CellVoice | null;
} {
  const { Benign, Early, Pre, Pro } = contributions;
  const ranked = (
    [
      ['Benign', Benign],
      ['Early', Early],
      ['Pre', Pre],
      ['Pro', Pro],
    ] as const
  ).toSorted(([, a], [, b]) => b - a);
  const [most, least] = [ranked[0], ranked.at(-1)];
  const voice = ([stage, value]: readonly [MaturityStage, number]) => ({ stage, strength: signed(value) });
  return {
    for: most && most[1] >= LITTLE ? voice(most) : null,
    against: least && least[1] <= -LITTLE ? voice(least) : null,
  };
}

/** "Speaks for Early (+2.10), against Pro (−1.40)." */
export function cellSentence({ contributions }: Pick<WhiteCell, 'contributions'>): string {
  if (contributions === null) return 'The model does not say what this cell adds.';
  const voices = voicesOf(contributions);
  const parts = [
    voices.for ? `for ${voices.for.stage} (${voices.for.strength})` : null,
    voices.against ? `against ${voices.against.stage} (${voices.against.strength})` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'Says little for or against any stage.' : `Speaks ${parts.join(', ')}.`;
}

const SOURCE: Readonly<Record<Scale['source'], string>> = {
  estimated: 'estimated from the cells found',
  given: 'as given at submission',
  training: 'that of the training fields',
};

/** What a percentage means, and for which shares of the stages. */
export function calibrationSentence(prior: FieldResult['assumedPrior']): string {
  const shares = prior
    ? `: ${MATURITY_STAGES.map((stage) => `${stage} ${percent(prior[stage])}`).join(', ')}`
    : '';
  return `Calibrated: of fields given 80 % for a stage, about 80 % show it, where stages are as frequent as in the fields used for calibration${shares}.`;
}

/** At which scale a field was read, and in how many parts. */
export function scaleSentence({ factor, source, tiles }: Scale): string {
  const parts = tiles === 1 ? '' : `, in ${tiles} parts`;
  if (factor === 1) return `Read at its own size (${SOURCE[source]})${parts}`;
  return `Read at ${factor.toFixed(2)} × its size (${SOURCE[source]})${parts}`;
}
