import { z } from 'zod';

/** What can go wrong, independent of any transport. Each border maps a code to its own status once. */
export const ERROR_CODES = [
  'BAD_INPUT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'PASSWORD_CHANGE_REQUIRED',
  'NOT_FOUND',
  'CONFLICT',
  'RATE_LIMITED',
  'UNAVAILABLE',
  'OVERLOADED',
  'NOT_AN_IMAGE',
  'IMAGE_EMPTY',
  'IMAGE_TOO_LARGE',
  'IMAGE_UNSUPPORTED',
  'IMAGE_TRUNCATED',
  'ARTIFACT_INVALID',
  'ENGINE_UNAVAILABLE',
  'LEAK_FOUND',
  'INTERNAL',
] as const;
export const errorCodeSchema = z.enum(ERROR_CODES);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

/** The same in every copy of this module: a bundler may make several, and what one throws another catches. */
const IS_DOMAIN_ERROR = Symbol.for('blastwise.DomainError');

/** An expected failure: `message` is one clear sentence for the user and never holds patient data. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly [IS_DOMAIN_ERROR] = true;
  readonly code: ErrorCode;
  static override [Symbol.hasInstance](value: unknown): value is DomainError {
    return value instanceof Error && IS_DOMAIN_ERROR in value;
  }
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export const errorBodySchema = z.object({ error: z.object({ code: errorCodeSchema, message: z.string() }) });
export type ErrorBody = z.infer<typeof errorBodySchema>;
