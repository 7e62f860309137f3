import { type SQL, sql } from 'drizzle-orm';
import { type AnyPgColumn, timestamp, uuid } from 'drizzle-orm/pg-core';
import { uuidv7 } from '../uuid.ts';

/** Time-ordered identifier, made by the application so that any supported PostgreSQL will do. */
export const id = () => uuid('id').primaryKey().$defaultFn(uuidv7);

/** UTC instant in milliseconds, so that what JavaScript holds is exactly what the database holds. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 });

export const createdAt = () => instant('created_at').notNull().defaultNow();

/** `column in ('a', 'b')` for a check constraint; the values are ours, never a user's. */
export function oneOf(column: AnyPgColumn, values: readonly string[]): SQL {
  return sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`;
}

export const isSha256 = (column: AnyPgColumn): SQL => sql`${column} ~ '^[0-9a-f]{64}$'`;
