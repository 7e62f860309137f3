import { DomainError } from '@blastwise/contracts';
import { ZodError } from 'zod';
import { UsageError } from './usage.ts';

/** What to do about a refusal of the operating system; `place` is the file or folder in question. */
const REFUSALS: Readonly<Record<string, (place: string) => string>> = {
  EACCES: (place) => `This user may not use ${place}: change its rights or name another place.`,
  EPERM: (place) => `This user may not use ${place}: change its rights or name another place.`,
  EROFS: (place) => `${place} cannot be written, as its file system is read-only: name another place.`,
  EEXIST: (place) => `${place} exists already and is no folder: name another place.`,
  ENOENT: (place) => `There is no ${place}: check the path.`,
  ENOTDIR: (place) => `${place} leads through a file as if it were a folder: check the path.`,
  EISDIR: (place) => `${place} is a folder where a file is needed: name a file.`,
  ENOSPC: (place) => `There is no room left for ${place}: free some on its disk or name another place.`,
};

function refusalOf(error: Error): string | null {
  const word = 'code' in error && typeof error.code === 'string' ? REFUSALS[error.code] : undefined;
  if (!word) return null;
  return word('path' in error && typeof error.path === 'string' ? error.path : 'a file or folder it needs');
}

/** What a command that failed says: one sentence, never a stack or a list of issues. */
export function sentenceOf(error: unknown): string {
  if (error instanceof UsageError || error instanceof DomainError) return error.message;
  if (error instanceof ZodError) return issueOf(error);
  if (!(error instanceof Error)) return `Something went wrong that should not: ${String(error)}`;
  return refusalOf(error) ?? `Something went wrong that should not: ${error.message.split('\n')[0]}`;
}

/** The first issue of a value that is not as it must be, and where in the value it lies. */
function issueOf({ issues: [issue] }: ZodError): string {
  const where = issue && issue.path.length > 0 ? ` at ${issue.path.join('.')}` : '';
  return `A value is not valid${where}: ${issue?.message ?? 'the reason is unknown'}.`;
}
