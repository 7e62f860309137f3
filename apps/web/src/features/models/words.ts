import type { Tone } from '@blastwise/ui';
import type { Comparison, LockedTestUse, ModelState } from './types.ts';

export const STATE_TONE: Readonly<Record<ModelState, Tone>> = {
  champion: 'good',
  challenger: 'accent',
  refused: 'bad',
  retired: 'neutral',
};

export const shortDigest = (digest: string): string => digest.slice(0, 12);

/** Where a use of a locked test set stands. */
export function wordsOf({ verdict, failure }: Pick<LockedTestUse, 'verdict' | 'failure'>): {
  text: string;
  tone: Tone;
} {
  if (failure) return { text: 'not judged', tone: 'warn' };
  switch (verdict) {
    case null:
      return { text: 'being judged', tone: 'accent' };
    case 'promote':
      return { text: 'may be promoted', tone: 'good' };
    case 'refuse':
      return { text: 'refused', tone: 'bad' };
    case 'insufficient-evidence':
      return { text: 'too little evidence', tone: 'warn' };
  }
}

const signed = (value: number): string => {
  const text = Math.abs(value) < 0.1 ? Math.abs(value).toFixed(4) : Math.abs(value).toFixed(2);
  return value > 0 ? `+${text}` : value < 0 ? `\u2212${text}` : text;
};
const chance = (p: number): string => String(Number(p.toPrecision(3)));
const share = (value: number | null): string =>
  value === null ? 'none tested' : `${(100 * value).toFixed(2)} %`;

/** The figures of a comparison as rows: what, how much, and what is asked for. */
export function figureRows(
  c: Comparison,
): readonly (readonly [what: string, value: string, asked: string])[] {
  const { costDifference: cost, malignantToBenign: missed } = c;
  return [
    ['Fields in groups', `${c.fields} in ${c.groups}`, ''],
    [
      'Cost per field, challenger minus champion',
      `${signed(cost.mean)} (95 % interval ${signed(cost.lower)} to ${signed(cost.upper)})`,
      'below 0',
    ],
    ['Probability of such a gain by chance', chance(cost.p), `at most ${chance(c.level)}`],
    ['Groups that differ', `${c.discordantGroups} of ${c.groups}`, ''],
    [
      'Smallest gain per field that would be proof',
      c.smallestDetectable === null ? 'none with so few groups' : signed(-c.smallestDetectable),
      '',
    ],
    ['Malignant called Benign, champion', share(missed.champion), ''],
    ['Malignant called Benign, challenger', share(missed.challenger), ''],
    [
      'Largest rise of that rate, one-sided 95 %',
      `${(100 * missed.upper).toFixed(2)} points`,
      `at most ${(100 * missed.margin).toFixed(2)}`,
    ],
  ];
}
