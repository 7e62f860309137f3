import { SEVERITIES, type Severity } from '@blastwise/contracts';

const LIST = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** "serious and critical errors", mildest first; "no error by its severity alone" without any. */
export function gravityText(severities: readonly Severity[]): string {
  const named = SEVERITIES.filter((severity) => severities.includes(severity));
  return named.length === 0 ? 'no error by its severity alone' : `${LIST.format(named)} errors`;
}
