import { DomainError, type ErrorCode, errorCodeSchema } from '@blastwise/contracts';
import { databaseAway, isDatabaseAway } from '@blastwise/db';
import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { logFailure } from '../shared/log.ts';

type TransportCode = TRPCError['code'];

/** Whatever is not named here is a BAD_REQUEST. */
const TRANSPORT: Partial<Record<ErrorCode, TransportCode>> = {
  UNAUTHENTICATED: 'UNAUTHORIZED',
  FORBIDDEN: 'FORBIDDEN',
  PASSWORD_CHANGE_REQUIRED: 'FORBIDDEN',
  NOT_FOUND: 'NOT_FOUND',
  CONFLICT: 'CONFLICT',
  RATE_LIMITED: 'TOO_MANY_REQUESTS',
  UNAVAILABLE: 'SERVICE_UNAVAILABLE',
  OVERLOADED: 'SERVICE_UNAVAILABLE',
  IMAGE_TOO_LARGE: 'PAYLOAD_TOO_LARGE',
  IMAGE_UNSUPPORTED: 'UNSUPPORTED_MEDIA_TYPE',
  ARTIFACT_INVALID: 'INTERNAL_SERVER_ERROR',
  ENGINE_UNAVAILABLE: 'SERVICE_UNAVAILABLE',
  INTERNAL: 'INTERNAL_SERVER_ERROR',
};
export const transportCode = (code: ErrorCode): TransportCode => TRANSPORT[code] ?? 'BAD_REQUEST';

const UNEXPECTED = new DomainError(
  'INTERNAL',
  'Something went wrong on our side. If you were saving, look whether it is stored before you try again.',
);

/** Our own failures keep their sentence; any other is logged without its text and becomes one of two of ours. */
export function domainErrorOf(where: string, error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  logFailure(where, error);
  return isDatabaseAway(error) ? databaseAway() : UNEXPECTED;
}

/** What a failed call throws, to the browser and to server components alike. */
export function failureOf(path: string, error: TRPCError): TRPCError {
  if (error.code === 'BAD_REQUEST' && error.cause instanceof z.ZodError) return error;
  const cause = domainErrorOf(path, error.cause ?? error);
  return new TRPCError({ code: transportCode(cause.code), message: cause.message, cause });
}

/** The code of contracts that a failed call carries to the browser as `error.data.reason`. */
export function reasonOf(error: TRPCError): ErrorCode {
  if (error.cause instanceof DomainError) return error.cause.code;
  if (error.code === 'BAD_REQUEST') return 'BAD_INPUT';
  const named = errorCodeSchema.safeParse(error.code);
  return named.success ? named.data : 'INTERNAL';
}

/** One sentence for the user: never an exception's own text, never the refused values. */
export function messageOf(error: TRPCError): string {
  if (error.cause instanceof DomainError) return error.cause.message;
  if (error.cause instanceof z.ZodError) {
    return error.cause.issues[0]?.message ?? 'Some of the values are not valid.';
  }
  return reasonOf(error) === 'INTERNAL' ? UNEXPECTED.message : 'This request is not possible.';
}

/** What is wrong by field path ("costs.matrix.0.2"), for forms. Paths hold our own names only. */
export function fieldsOf(error: TRPCError): Record<string, string> {
  if (!(error.cause instanceof z.ZodError)) return {};
  return Object.fromEntries(error.cause.issues.map((issue) => [issue.path.join('.'), issue.message]));
}
