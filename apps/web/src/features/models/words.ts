import type { Tone } from '@blastwise/ui';
import type {
  Comparison,
  LockedTestSet,
  LockedTestUse,
  ModelComparison,
  ModelState,
  RegisteredModel,
} from './types.ts';

export const STATE_TONE: Readonly<Record<ModelState, Tone>> = {
  champion: 'good',
  challenger: 'accent',
  refused: 'bad',
  retired: 'neutral',
};

export const shortDigest = (digest: string): string => digest.slice(0, 12);

/** What was trained again. */
export const PART_WORDS: Readonly<Record<NonNullable<RegisteredModel['lineage']>['kind'], string>> = {
  head: 'the head',
  network: 'blocks, U-Net and head',
};

/** Sets that have uses left, and the one to offer: the oldest that can judge the model, of images where its network is its own. */
export function openSets(
  sets: readonly LockedTestSet[],
  { lineage }: Pick<RegisteredModel, 'lineage'>,
): { open: readonly LockedTestSet[]; offered: LockedTestSet | undefined } {
  const open = sets.filter(({ used, budget }) => used < budget);
  const ofImages = lineage?.kind === 'network' ? open.find(({ hasImages }) => hasImages) : undefined;
  return { open, offered: ofImages ?? open[0] };
}

/** Which models a set can judge. */
export function reachOf(
  { hasImages }: Pick<LockedTestSet, 'hasImages'>,
  { lineage }: Pick<RegisteredModel, 'lineage'>,
): string {
  if (hasImages) return 'It holds images, on which any two models can be judged.';
  const features =
    'It holds features, as one network sees its fields: both models must be that network, with whatever head.';
  return lineage?.kind === 'network'
    ? `${features} This one’s blocks were trained again, so it cannot be judged on features of the network before; a set of images can judge it.`
    : features;
}

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

/** A model by name and digest, since retrained ones share a name. */
export const modelLabel = ({ name, digest }: Pick<RegisteredModel, 'name' | 'digest'>): string =>
  `${name} ${shortDigest(digest)}`;

/** A judgement that came to figures, on the test set that decided it. */
export interface JudgedPoint {
  readonly id: string;
  readonly at: string;
  readonly verdict: Pick<LockedTestUse, 'verdict' | 'failure'>;
  readonly challenger: string;
  readonly champion: string;
  readonly setName: string;
  readonly fields: number;
  readonly groups: number;
  /** Cost per field, challenger minus champion. */
  readonly difference: Comparison['costDifference'];
}

/** Oldest first. */
export function judgedPoints(uses: readonly LockedTestUse[]): JudgedPoint[] {
  return uses
    .flatMap(({ id, judgement, verdict, failure, endedAt, createdAt, setName, ...use }) => {
      const comparison = judgement?.[judgement.decidedOn] ?? judgement?.locked;
      if (!comparison) return [];
      const { fields, groups, costDifference: difference } = comparison;
      const at = endedAt ?? createdAt;
      const on = judgement?.decidedOn === 'reserved' ? 'reserved cases' : setName;
      const { challengerDigest: challenger, championDigest: champion } = use;
      return [
        {
          id,
          at,
          verdict: { verdict, failure },
          challenger,
          champion,
          setName: on,
          fields,
          groups,
          difference,
        },
      ];
    })
    .sort((a, b) => a.at.localeCompare(b.at));
}

type Interval = NonNullable<ModelComparison['cost']['first']>;

/** "−1.25 (95 % −2.00 to −0.50)", with a sign where it is a difference. */
export function intervalText(figure: Interval | null, { difference = false } = {}): string {
  if (!figure) return 'no field';
  const text = difference ? signed : (value: number) => value.toFixed(2);
  return `${text(figure.mean)} (95 % ${text(figure.lower)} to ${text(figure.upper)})`;
}

/** How far two models part. */
export function differingText({ total, differing }: Pick<ModelComparison, 'total' | 'differing'>): string {
  const fields = total === 1 ? '1 field' : `${total} fields`;
  return `Different stages on ${differing} of the ${fields} on which both were judged.`;
}

/** How many of the fields are in the list, and why not the others. */
export function listedText({
  total,
  blind,
  fields,
}: Pick<ModelComparison, 'total' | 'blind' | 'fields'>): string {
  const listed = `${fields.length} of ${total} shown, those that divide the models first.`;
  return blind === 0
    ? listed
    : `${listed} ${blind} of cases in blind review ${blind === 1 ? 'counts' : 'count'}; nothing is told of ${blind === 1 ? 'it' : 'them'} alone.`;
}

/** "1.00 percentage points". */
export const marginText = (margin: number): string => `${(100 * margin).toFixed(2)} percentage points`;

/** The rules that a verdict was reached by. */
export function rulesText(
  { level, budget, malignantToBenign: { margin } }: Comparison,
  { marginSetBy }: Pick<LockedTestUse, 'marginSetBy'>,
): string {
  return `Rules: a chance of ${chance(level * budget)} to promote a model that is no better, shared by ${budget} ${budget === 1 ? 'use' : 'uses'}, so p at most ${chance(level)}; the rate of malignant fields called Benign may rise by ${marginText(margin)}${marginSetBy ? `, a margin that ${marginSetBy.name} set` : ''}.`;
}

export const signed = (value: number): string => {
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
