import type { ModelEvidence } from '../../../evidence/index.ts';
import { between, percent, table } from '../markdown.ts';

type Novelty = NonNullable<ModelEvidence['novelty']>;

function flaggedRow(name: string, { n, flagged, notAssessable }: Novelty['fields']): (string | number)[] {
  return [name, n, between(flagged, percent), percent(notAssessable / n)];
}

function rowsOf({ fields, recoloured, pbc, bccd }: Novelty, side: string): (string | number)[][] {
  const kinds = pbc?.kinds.map(({ kind, n, flagged }) => [
    `of them ${kind}`,
    n,
    between(flagged, percent),
    '',
  ]);
  return [
    flaggedRow(`fields of the ${side} side`, fields),
    flaggedRow("the same, another stage's colours", recoloured),
    ...(pbc ? [flaggedRow('single normal cells (pbc)', pbc), ...(kinds ?? [])] : []),
    ...(bccd ? [flaggedRow('fields of healthy blood (bccd)', bccd)] : []),
  ];
}

/** How often images are flagged as unlike what the model learned from. */
export function noveltySection({ novelty, side }: ModelEvidence): string {
  if (!novelty)
    return 'Not measured: this model has no novelty score, and flags no image as unlike its smears.';
  const missing = [
    ...(novelty.pbc ? [] : ['Single normal cells were not measured: no pbc set was given.']),
    ...(novelty.bccd ? [] : ['Fields of healthy blood were not measured: no bccd set was given.']),
  ];
  return `The threshold was set so that ${percent(novelty.passes)} of the validation fields pass. Fields of the smears should pass, also with other
colours; images of other sources should be flagged, or found not assessable.

${table(['images', 'n', 'flagged as unlike', 'not assessable'], rowsOf(novelty, side.name))}
${missing.length > 0 ? `\n${missing.join(' ')}\n` : ''}`.trimEnd();
}
