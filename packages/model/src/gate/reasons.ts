import type { Verdict } from '@blastwise/contracts';
import type { GateFigures } from './figures.ts';
import { fieldsNeeded, riseByWholeGroups } from './malignant.ts';
import { findingsOf } from './verdict.ts';

export const VERDICT_SENTENCES: Record<Verdict, string> = {
  promote:
    'The challenger may replace the champion: it is proven cheaper, and missed leukemia does not rise beyond the margin.',
  refuse: 'The challenger is refused; the champion stays.',
  'insufficient-evidence':
    'There is too little evidence to tell, so the champion stays; fields of further slides are needed.',
};

/** The verdict in plain sentences, each with its figures. */
export function reasonsFor(verdict: Verdict, figures: GateFigures): string[] {
  return [VERDICT_SENTENCES[verdict], ...costReasons(figures), ...missReasons(figures)];
}

/** What the costs say; `kind` tells what a group is. */
export function costReasons(figures: GateFigures, kind = 'of look-alike fields'): string[] {
  const { costDifference, discordantGroups, fields, groups, budget } = figures;
  const { mean, lower, upper, p } = costDifference;
  if (discordantGroups === 0)
    return [
      `${findingsOf(figures).alike ? 'The challenger answers alike: the two models' : 'The two models'} cost the same in every one of ${many(groups, 'group')} ${kind} (${many(fields, 'field')}), so nothing shows that the challenger is better.`,
    ];
  const compared = `The challenger costs ${cost(Math.abs(mean))} ${mean > 0 ? 'more' : 'less'} per field than the champion over ${many(fields, 'field')} in ${many(groups, 'group')} ${kind}`;
  const allowed = `at most ${chance(figures.level)} is allowed${budget > 1 ? ` for each of ${budget} uses` : ''}`;
  const said = [`${compared} (95 % interval of the difference ${cost(lower)} to ${cost(upper)}).`];
  if (mean > 0) return [...said, `To be promoted it would have to cost less (p = ${chance(p)}, ${allowed}).`];
  const { tooFewGroups } = findingsOf(figures);
  if (tooFewGroups)
    return [
      ...said,
      `The two differ in ${discordantGroups} of ${many(groups, 'group')}, which reach p = ${chance(figures.smallestP)} at best; ${allowed}, which takes at least ${groupsNeeded(figures.level)} such groups.`,
    ];
  said.push(
    `Were the two equally good, a result this good would come about by chance with probability ${chance(p)}, judged by the ${discordantGroups} of ${many(groups, 'group')} in which they differ; ${allowed}.`,
  );
  if (p > figures.level && figures.smallestDetectable !== null)
    said.push(
      `With differences of these sizes, a gain of ${cost(figures.smallestDetectable)} per field would have been proof.`,
    );
  else if (upper >= 0)
    said.push('The interval of the difference reaches 0, so the gain may hang on a few groups.');
  return said;
}

function missReasons(figures: GateFigures): string[] {
  const m = figures.malignantToBenign;
  const { safe, missesMore } = findingsOf(figures);
  if (m.champion === null || m.challenger === null)
    return ['No test field is malignant, so nothing is known of malignant fields called Benign.'];
  const change =
    m.upper < 0
      ? `at least ${points(-m.upper)} percentage points lower`
      : `at most ${points(m.upper)} percentage points higher`;
  const said = [
    `Of ${many(m.fields, 'malignant field')} the champion calls ${points(m.champion)} % Benign, the challenger ${points(m.challenger)} %; with 95 % confidence its true rate is ${change}, ${safe ? 'and' : 'but only'} ${points(m.margin)} are allowed.`,
  ];
  const byGroup = riseByWholeGroups(m.groups);
  if (missesMore)
    said.push(
      `The challenger misses ${many(m.onlyChallenger, 'malignant field')} that the champion recognises, and recognises ${m.onlyChampion} that the champion misses.`,
    );
  else if (!safe)
    said.push(
      `The challenger misses no more than the champion, but too few malignant fields were tested to rule out such a rise${m.margin > 0 ? `: even without a single new miss it takes ${fieldsNeeded(m.margin)}` : ''}.`,
    );
  else if (m.onlyChallenger === 0 && byGroup > m.margin)
    said.push(
      `The challenger misses no malignant field that the champion recognises. The bound takes errors that never occurred to strike single fields; if they struck a slide as a whole, ${many(m.groups, 'group')} could only rule out new misses above ${points(byGroup)} %.`,
    );
  return said;
}

export const many = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
export const cost = (value: number): string => value.toFixed(Math.abs(value) < 0.1 ? 4 : 2);
export const chance = (p: number): string => String(Number(p.toPrecision(3)));
export const points = (share: number): string => (100 * share).toFixed(2);
/** All of so many groups must favour the challenger: 2^-groups is then at most `level`. */
const groupsNeeded = (level: number): number => Math.ceil(-Math.log2(level));
