import type { GateFigures } from './figures.ts';
import { fieldsNeeded, riseByWholeGroups } from './malignant.ts';
import { findingsOf, type Verdict } from './verdict.ts';

const VERDICTS: Record<Verdict, string> = {
  promote: 'The challenger may replace the champion: it is proven cheaper and does not miss more leukemia.',
  refuse: 'The challenger is refused; the champion stays.',
  'insufficient-evidence':
    'There is too little evidence to tell; the champion stays. More test fields of further slides are needed.',
};

/** The verdict in plain sentences, each with its figures. */
export function reasonsFor(verdict: Verdict, figures: GateFigures): string[] {
  return [VERDICTS[verdict], ...costReasons(figures), ...missReasons(figures)];
}

function costReasons(figures: GateFigures): string[] {
  const { costDifference, discordantGroups, groups, level, budget, smallestP, smallestDetectable } = figures;
  const { mean, lower, upper, p } = costDifference;
  const { tooFewGroups } = findingsOf(figures);
  const said = [
    mean === 0
      ? `Both models cost the same over ${fieldsOf(figures)}.`
      : `The challenger costs ${cost(Math.abs(mean))} ${mean < 0 ? 'less' : 'more'} per field than the champion over ${fieldsOf(figures)} (95 % interval of the difference ${cost(lower)} to ${cost(upper)}${upper < 0 ? '' : ', which does not lie below 0'}).`,
  ];
  if (tooFewGroups) {
    said.push(
      `The costs of the two differ in only ${discordantGroups} of ${many(groups, 'group')} of look-alike fields, where chance alone reaches p = ${chance(smallestP)} at best; ${chance(level)} is needed, so at least ${Math.ceil(-Math.log2(level))} such groups.`,
    );
    return said;
  }
  said.push(
    `Were the two equally good, a gain like this one would come about by chance with probability ${chance(p)}, counted over ${discordantGroups} of ${many(groups, 'group')} in which they differ; ${p <= level ? 'allowed is' : 'that is more than the'} ${chance(level)}${p <= level ? '' : ' allowed'}${budget > 1 ? ` for each of ${budget} uses of the test set` : ''}.`,
  );
  if (smallestDetectable !== null && p > level)
    said.push(
      `With differences of this size in these groups, a gain of ${cost(smallestDetectable)} per field would have been proof.`,
    );
  return said;
}

function missReasons(figures: GateFigures): string[] {
  const m = figures.malignantToBenign;
  const { safe, missesMore } = findingsOf(figures);
  if (m.champion === null || m.challenger === null)
    return ['No test field is malignant, so nothing is known of malignant fields called Benign.'];
  const allowed = `${share(m.margin)} is allowed`;
  const said = [
    `The champion calls ${share(m.champion)} of ${many(m.fields, 'malignant field')} Benign, the challenger ${share(m.challenger)}; with 95 % confidence the rate changes by at most ${m.upper > 0 ? '+' : ''}${share(m.upper)}, ${safe ? allowed : `more than the ${share(m.margin)} allowed`}.`,
  ];
  if (missesMore)
    said.push(
      `The challenger misses ${many(m.onlyChallenger, 'malignant field')} that the champion recognises, and recognises ${m.onlyChampion} that the champion misses.`,
    );
  else if (!safe && m.margin > 0)
    said.push(
      `The challenger misses no more than the champion, but too few malignant fields were tested to rule out such a rise: without a single new miss it takes ${fieldsNeeded(m.margin)}.`,
    );
  const byGroup = riseByWholeGroups(m.groups);
  if (safe && m.onlyChallenger === 0 && m.onlyChampion === 0 && byGroup > m.margin)
    said.push(
      `No malignant field was missed by one model only. That bound counts each field by itself; if a slide that is unlike these were missed as a whole, ${many(m.groups, 'group')} could only rule out a rise above ${share(byGroup)}.`,
    );
  return said;
}

const fieldsOf = ({ fields, groups }: GateFigures): string =>
  `${many(fields, 'field')} in ${many(groups, 'group')}`;
const many = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
const cost = (value: number): string => value.toFixed(Math.abs(value) < 0.1 ? 4 : 2);
const chance = (p: number): string => String(Number(p.toPrecision(3)));
const share = (value: number): string => `${(100 * value).toFixed(2)} %`;
