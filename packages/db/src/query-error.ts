import { DomainError } from '@blastwise/contracts';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import { PgPreparedQuery } from 'drizzle-orm/pg-core/session';

/**
 * A refused statement without its values. Drizzle's message lists the parameters and PostgreSQL's detail quotes
 * the row; both may be patient data, which R17 keeps out of errors and logs.
 */
export class QueryError extends Error {
  override readonly name = 'QueryError';
  /** SQLSTATE, or the system's code of a broken connection. */
  readonly code: string;
  readonly constraint: string | null;
  readonly statement: string;
  constructor(code: string, constraint: string | null, statement: string) {
    super(`The database refused a statement (${constraint ? `${code}, ${constraint}` : code}).`);
    this.code = code;
    this.constraint = constraint;
    this.statement = statement;
  }
}

/** Codes that say that the server is away or going, not that the statement was wrong. */
const AWAY = /^(ECONN|EPIPE|ETIMEDOUT|08|57P0|53300)/;

const textOf = (value: unknown, key: string): string | null => {
  const found: unknown = value instanceof Object ? Reflect.get(value, key) : undefined;
  return typeof found === 'string' ? found : null;
};

const isAway = (error: unknown): boolean =>
  AWAY.test(textOf(error, 'code') ?? '') ||
  (error instanceof Error &&
    /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
      error.message,
    ));

const unavailable = () => new DomainError('UNAVAILABLE', 'The database cannot be reached just now.');

/** For errors of making a connection, which hold no values. */
export const cleanConnectionError = (error: unknown): unknown => (isAway(error) ? unavailable() : error);

export function cleanError(error: unknown): unknown {
  if (!(error instanceof DrizzleQueryError)) return error;
  if (isAway(error.cause)) return unavailable();
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
