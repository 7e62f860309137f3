import { DomainError, type ErrorBody, type ErrorCode } from '@blastwise/contracts';

const STATUS: Record<ErrorCode, number> = {
  BAD_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  PASSWORD_CHANGE_REQUIRED: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  OVERLOADED: 503,
  NOT_AN_IMAGE: 422,
  IMAGE_EMPTY: 422,
  IMAGE_TOO_LARGE: 413,
  IMAGE_UNSUPPORTED: 415,
  IMAGE_TRUNCATED: 422,
  ARTIFACT_INVALID: 503,
  ENGINE_UNAVAILABLE: 503,
  LEAK_FOUND: 422,
  INTERNAL: 500,
};

/** Seconds after which a caller may try again: a batch is soon over, a model is not soon there. */
const RETRY_AFTER: Partial<Record<ErrorCode, number>> = { OVERLOADED: 1, UNAVAILABLE: 5 };

/** Fastify's own refusals, said in our codes. */
function fromFastify(error: object): DomainError | null {
  const code = 'code' in error ? error.code : undefined;
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new DomainError('IMAGE_TOO_LARGE', 'The image is larger than 25 MB.');
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return new DomainError(
      'IMAGE_UNSUPPORTED',
      'Send the image itself, as image/* or application/octet-stream.',
    );
  }
  // Messages of other refusals can repeat the request, so they are not passed on.
  if (status >= 400 && status < 500) return new DomainError('BAD_INPUT', 'The request cannot be read.');
  return null;
}

export interface HttpError {
  status: number;
  headers: Record<string, string>;
  body: ErrorBody;
  /** False: a defect of ours, to be logged in full. */
  expected: boolean;
}

/** The one place where a failure becomes an HTTP answer. */
export function toHttpError(thrown: unknown): HttpError {
  const known =
    thrown instanceof DomainError
      ? thrown
      : typeof thrown === 'object' && thrown !== null
        ? fromFastify(thrown)
        : null;
  const error = known ?? new DomainError('INTERNAL', 'The analysis failed for a reason of our own.');
  const retryAfter = RETRY_AFTER[error.code];
  return {
    status: STATUS[error.code],
    headers: retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
    body: { error: { code: error.code, message: error.message } },
    expected: known !== null && error.code !== 'INTERNAL',
  };
}
