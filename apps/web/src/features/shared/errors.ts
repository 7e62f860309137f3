import type { ErrorCode } from '@blastwise/contracts';
import { errorCodeSchema } from '@blastwise/contracts';

/** Our own code of a failed call, or null where the call never reached the portal. */
export function reasonOf(error: unknown): ErrorCode | null {
  if (!(error instanceof Error && 'data' in error)) return null;
  const { data } = error;
  if (typeof data !== 'object' || data === null || !('reason' in data)) return null;
  const code = errorCodeSchema.safeParse(data.reason);
  return code.success ? code.data : null;
}

const LOST = 'The portal did not answer. What you sent may have been saved; the page shows what is stored.';
const UNREACHABLE = 'The portal cannot be reached. Try again.';

const refusalOr = (error: unknown, otherwise: string): string =>
  reasonOf(error) !== null && error instanceof Error ? error.message : otherwise;

/** One sentence for the user, of something done that failed. */
export const sentenceOf = (error: unknown): string => refusalOr(error, LOST);

/** One sentence for the user, of something asked for that did not come. */
export const loadSentenceOf = (error: unknown): string => refusalOr(error, UNREACHABLE);

/** What a form says as a whole; null where all that is wrong stands beside those of its fields that are to blame. */
export function formSentenceOf(error: unknown, fields: readonly string[]): string | null {
  if (!error) return null;
  const wrong = Object.entries(fieldErrorsOf(error));
  if (wrong.length === 0) return sentenceOf(error);
  return wrong.find(([name]) => !fields.includes(name))?.[1] ?? null;
}

/** Above the sentence: what the refusal amounts to, where it is one. */
export const titleOf = (error: unknown, refused: string): string =>
  reasonOf(error) === null ? 'No answer' : refused;

/** What is wrong by form field, as the server says it. */
export function fieldErrorsOf(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof Error && 'data' in error)) return {};
  const { data } = error;
  if (typeof data !== 'object' || data === null || !('fields' in data)) return {};
  const { fields } = data;
  if (typeof fields !== 'object' || fields === null) return {};
  return Object.fromEntries(
    Object.entries(fields).filter((e): e is [string, string] => typeof e[1] === 'string'),
  );
}
