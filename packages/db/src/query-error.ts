import { DomainError } from '@blastwise/contracts';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import { PgPreparedQuery } from 'drizzle-orm/pg-core/session';

/** The same in every copy of this module: a bundler may make several, of which one cleans for all. */
const IS_QUERY_ERROR = Symbol.for('blastwise.QueryError');

/**
 * A refused statement without its values. Drizzle's message lists the parameters and PostgreSQL's detail quotes
 * the row; both may be patient data, which R17 keeps out of errors and logs.
 */
export class QueryError extends Error {
  override readonly name = 'QueryError';
  readonly [IS_QUERY_ERROR] = true;
  /** SQLSTATE, or the system's code of a broken connection. */
  readonly code: string;
  readonly constraint: string | null;
  readonly statement: string;
  static override [Symbol.hasInstance](value: unknown): value is QueryError {
    return value instanceof Error && IS_QUERY_ERROR in value;
  }
  constructor(code: string, constraint: string | null, statement: string) {
    super(`The database refused a statement (${constraint ? `${code}, ${constraint}` : code}).`);
    this.code = code;
    this.constraint = constraint;
    this.statement = statement;
  }
}

/** Codes that say that the server is away or going, not that the statement was wrong. */
const AWAY_CODE = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|08|57P0|53300)/;
const AWAY_MESSAGE =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/;

const textOf = (value: unknown, key: string): string | null => {
  const found: unknown = value instanceof Object ? Reflect.get(value, key) : undefined;
  return typeof found === 'string' ? found : null;
};

/** The database is restarting or out of reach, so that another try may well succeed. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (AWAY_CODE.test(textOf(error, 'code') ?? '') || AWAY_MESSAGE.test(error.message)) return true;
  if (error instanceof AggregateError && error.errors.some(isDatabaseAway)) return true;
  return isDatabaseAway(error.cause);
}

/** What users are told of it. */
export const databaseAway = () =>
  new DomainError('UNAVAILABLE', 'The database cannot be reached right now; try again in a moment.');

/** For errors of making a connection, which hold no values. */
export const cleanConnectionError = (error: unknown): unknown =>
  isDatabaseAway(error) ? databaseAway() : error;

export function cleanError(error: unknown): unknown {
  if (!(error instanceof DrizzleQueryError)) return error;
  if (isDatabaseAway(error.cause)) return databaseAway();
  const code = textOf(error.cause, 'code') ?? 'unknown';
  return new QueryError(code, textOf(error.cause, 'constraint'), error.query);
}

const METHOD = 'queryWithCache';

/** Puts {@link cleanError} where drizzle wraps errors: its one place for every statement. */
export function cleanQueryErrors(): void {
  const original: unknown = Reflect.get(PgPreparedQuery.prototype, METHOD);
  if (typeof original !== 'function' || Reflect.get(original, 'cleaned') === true) return;
  const cleaned = async function (this: unknown, ...args: unknown[]): Promise<unknown> {
    try {
      return await original.apply(this, args);
    } catch (error) {
      throw cleanError(error);
    }
  };
  Reflect.set(PgPreparedQuery.prototype, METHOD, Object.assign(cleaned, { cleaned: true }));
}
