import {
  CERTAINTIES,
  CONFIRMATIONS,
  type CostWeights,
  costWeightsSchema,
  DEFAULT_COST_WEIGHTS,
  SEVERITIES,
} from '@blastwise/contracts';

/** Weights as typed, by the names of their fields. */
export type WeightsText = Readonly<Record<string, string>>;

export interface WeightField {
  readonly key: string;
  readonly label: string;
}

const fieldsOf = (group: string, names: readonly string[]): WeightField[] =>
  names.map((name) => ({ key: `${group}.${name}`, label: name.replace('-', ' ') }));

/** Groups of fields, in the order of the form. */
export const WEIGHT_GROUPS: readonly { readonly title: string; readonly fields: readonly WeightField[] }[] = [
  { title: 'Cost of an error judged', fields: fieldsOf('severity', SEVERITIES) },
  { title: 'Weight by certainty', fields: fieldsOf('certainty', CERTAINTIES) },
  { title: 'times confirmation', fields: fieldsOf('confirmedBy', CONFIRMATIONS) },
  {
    title: 'Caution',
    fields: [
      { key: 'priorStrength', label: 'founding cost counts as' },
      { key: 'step.percent', label: 'step, % of the cost' },
      { key: 'step.cost', label: 'or at least' },
    ],
  },
];

const inText = (group: string, numbers: Readonly<Record<string, number>>): WeightsText =>
  Object.fromEntries(Object.entries(numbers).map(([name, number]) => [`${group}.${name}`, String(number)]));

export const weightsText = ({ severity, certainty, confirmedBy, priorStrength, step }: CostWeights) => ({
  ...inText('severity', severity),
  ...inText('certainty', certainty),
  ...inText('confirmedBy', confirmedBy),
  priorStrength: String(priorStrength),
  'step.percent': String(step.share * 100),
  'step.cost': String(step.cost),
});

/** The weights, with a decimal point or comma; or what is wrong with them, in a sentence. */
export function readWeights(text: WeightsText): { weights: CostWeights } | { error: string } {
  const number = (key: string): number => {
    const trimmed = (text[key] ?? '').trim().replace(',', '.');
    return trimmed === '' ? Number.NaN : Number(trimmed);
  };
  const numbers = (group: string, names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, number(`${group}.${name}`)]));
  const keys = WEIGHT_GROUPS.flatMap(({ fields }) => fields.map(({ key }) => key));
  if (!keys.every((key) => Number.isFinite(number(key)))) return { error: 'Every weight must be a number.' };
  const parsed = costWeightsSchema.safeParse({
    severity: numbers('severity', SEVERITIES),
    certainty: numbers('certainty', CERTAINTIES),
    confirmedBy: numbers('confirmedBy', CONFIRMATIONS),
    priorStrength: number('priorStrength'),
    step: { share: number('step.percent') / 100, cost: number('step.cost') },
  });
  if (parsed.success) return { weights: parsed.data };
  return { error: parsed.error.issues[0]?.message ?? 'These weights are not valid.' };
}

export const DEFAULT_WEIGHTS_TEXT: WeightsText = weightsText(DEFAULT_COST_WEIGHTS);

export const areDefaults = (text: WeightsText): boolean =>
  Object.entries(DEFAULT_WEIGHTS_TEXT).every(([key, value]) => text[key] === value);
