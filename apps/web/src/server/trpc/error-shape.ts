import { DomainError, type ErrorCode, errorCodeSchema } from '@blastwise/contracts';
import { TRPCError } from '@trpc/server';
import { z } from 'zod';

type TransportCode = TRPCError['code'];

/** The one place where our codes become the transport's. Whatever is not named here is a 400. */
const TRANSPORT: Partial<Record<ErrorCode, TransportCode>> = {
  UNAUTHENTICATED: 'UNAUTHORIZED',
  FORBIDDEN: 'FORBIDDEN',
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

export const UNEXPECTED = 'Something went wrong on our side. Nothing was changed; try again.';

export const transportCode = (code: ErrorCode): TransportCode => TRANSPORT[code] ?? 'BAD_REQUEST';

export const toTransport = (error: DomainError): TRPCError =>
  new TRPCError({ code: transportCode(error.code), message: error.message, cause: error });

/** The code of contracts that a failed call carries to the browser as `error.data.reason`. */
export function reasonOf(error: TRPCError): ErrorCode {
  if (error.cause instanceof DomainError) return error.cause.code;
  if (error.code === 'BAD_REQUEST') return 'BAD_INPUT';
  const named = errorCodeSchema.safeParse(error.code === 'UNAUTHORIZED' ? 'UNAUTHENTICATED' : error.code);
  return named.success ? named.data : 'INTERNAL';
}

/** One sentence for the user: never an exception's own text, never the refused values. */
export function messageOf(error: TRPCError): string {
  if (error.cause instanceof DomainError) return error.cause.message;
  if (error.code === 'BAD_REQUEST' && error.cause instanceof z.ZodError) {
    return error.cause.issues[0]?.message ?? 'Some of the values are not valid.';
  }
  return reasonOf(error) === 'INTERNAL' ? UNEXPECTED : 'This request is not possible.';
}

/** What is wrong by field path ("costs.matrix.0.2"), for forms. Paths hold our own names only. */
export function fieldsOf(error: TRPCError): Record<string, string> {
  if (!(error.code === 'BAD_REQUEST' && error.cause instanceof z.ZodError)) return {};
  return Object.fromEntries(error.cause.issues.map((issue) => [issue.path.join('.'), issue.message]));
}
