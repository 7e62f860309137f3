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

/** One sentence for the user. */
export function sentenceOf(error: unknown): string {
  return reasonOf(error) !== null && error instanceof Error
    ? error.message
    : 'The portal cannot be reached. Nothing was changed; try again.';
}

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
