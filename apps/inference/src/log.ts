import { DomainError } from '@blastwise/contracts';
import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

interface DescribedError {
  name: string;
  code?: unknown;
  message?: string;
  frames?: string[];
  cause?: DescribedError;
}

/**
 * Messages that carry what never reaches a log: of the database a statement's parameters and a row's values, of the file
 * system the name of a file, of a parser the text.
 */
const carriesData = (error: Error): boolean =>
  'params' in error ||
  'detail' in error ||
  'severity' in error ||
  'path' in error ||
  error instanceof SyntaxError ||
  error.cause !== undefined;

/** What may be logged of an error. Frames are left out for expected failures, which need no debugging. */
export function describeError(error: unknown): DescribedError {
  if (!(error instanceof Error)) return { name: typeof error };
  const expected = error instanceof DomainError;
  return {
    name: error.name,
    ...('code' in error && { code: error.code }),
    ...((expected || !carriesData(error)) && { message: error.message }),
    ...(!expected && {
      frames:
        error.stack
          ?.split('\n')
          .filter((line) => /^\s+at /.test(line))
          .slice(0, 8) ?? [],
    }),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}

/** What has been described stays so; whatever else is handed over as an error is described here. */
export const loggedError = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !(value instanceof Error) ? value : describeError(value);

/** JSON lines on stderr: identifiers, counts and times; no bodies, no URLs, no patient data. */
export function createLogger(level: string): Logger {
  return pino(
    { level, base: { service: 'inference', pid: process.pid }, serializers: { err: loggedError } },
    pino.destination({ fd: 2, sync: true }),
  );
}
