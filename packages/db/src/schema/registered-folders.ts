import { sql } from 'drizzle-orm';
import { check, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { modelVersions } from './models.ts';

/**
 * What inference services last said of the data folder that they were started with: whether it holds the fields that a
 * model was trained from. They say so again and again; what was not said for a while is no longer so.
 */
export const registeredFolders = pgTable(
  'registered_folders',
  {
    baseDigest: text('base_digest')
      .primaryKey()
      .references(() => modelVersions.digest),
    /** The model's own fields that a training of its network would learn from and be judged on. */
    fields: integer('fields').notNull(),
    /** Why the folder is not the model's data, one sentence; null: it is. */
    problem: text('problem'),
    seenAt: instant('seen_at').notNull(),
  },
  (t) => [check('registered_folders_fields_count', sql`${t.fields} >= 0`)],
);
