import { asc } from 'drizzle-orm';
import type { Queryable } from '../client.ts';
import { corrections } from '../schema/index.ts';

/** The very first reading of every field, whoever made it. */
export const firstReadings = (db: Queryable) =>
  db
    .selectDistinctOn([corrections.imageId])
    .from(corrections)
    .orderBy(corrections.imageId, asc(corrections.createdAt), asc(corrections.id))
    .as('first');
