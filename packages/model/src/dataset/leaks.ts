import { DomainError } from '@blastwise/contracts';
import type { DuplicatePair } from './duplicates.ts';
import type { SplitField } from './manifest.ts';

/** Two fields that must lie on one side but do not. */
export interface Leak {
  a: SplitField;
  b: SplitField;
  reason: 'same content' | 'near-duplicates' | 'same group';
}

/**
 * Finds what spans two sides: equal content, fields of one group and, where `duplicates` are given (indices into
 * `fields`), near-duplicates. One leak per kind of pair, in the order of the fields.
 */
export function findLeaks(fields: readonly SplitField[], duplicates: readonly DuplicatePair[] = []): Leak[] {
  const leaks = [
    ...spanning(fields, (field) => field.sha256, 'same content'),
    ...spanning(fields, (field) => field.group, 'same group'),
  ];
  for (const pair of duplicates) {
    const [a, b] = [fields[pair.a], fields[pair.b]];
    if (!a || !b || a.side === b.side || a.sha256 === b.sha256) continue;
    leaks.push({ a, b, reason: pair.kind === 'near' ? 'near-duplicates' : 'same content' });
  }
  return leaks;
}

/** Throws `LEAK_FOUND`, naming the first pair, when anything spans two sides. */
export function refuseLeaks(fields: readonly SplitField[], duplicates: readonly DuplicatePair[] = []): void {
  const leaks = findLeaks(fields, duplicates);
  const first = leaks[0];
  if (!first) return;
  const more = leaks.length > 1 ? `, and ${leaks.length - 1} more` : '';
  throw new DomainError(
    'LEAK_FOUND',
    `The split leaks: ${first.a.path} (${first.a.side}) and ${first.b.path} (${first.b.side}), ${first.reason}${more}.`,
  );
}

function spanning(
  fields: readonly SplitField[],
  key: (field: SplitField) => string,
  reason: Leak['reason'],
): Leak[] {
  const firsts = new Map<string, SplitField>();
  const leaks: Leak[] = [];
  for (const field of fields) {
    const first = firsts.get(key(field));
    if (!first) firsts.set(key(field), field);
    else if (first.side !== field.side) leaks.push({ a: first, b: field, reason });
  }
  return leaks;
}
