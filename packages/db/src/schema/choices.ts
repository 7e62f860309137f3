import { CHOICE_WORDS, MATURITY_STAGES, ROLES } from '@blastwise/contracts';
import { sql } from 'drizzle-orm';
import { type AnyPgColumn, check, index, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { decisions } from './analyses.ts';
import { images } from './cases.ts';
import { createdAt, id, oneOf } from './columns.ts';
import { users } from './users.ts';

/**
 * What a reader says of two decisions on a field in doubt: which they would rather take. Never overwritten: a later word
 * on the field supersedes the reader's earlier one, also to take it back. `decisionId` is what stood beside the question.
 */
export const costChoices = pgTable(
  'cost_choices',
  {
    id: id(),
    imageId: uuid('image_id')
      .notNull()
      .references(() => images.id),
    decisionId: uuid('decision_id')
      .notNull()
      .references(() => decisions.id),
    readerId: uuid('reader_id')
      .notNull()
      .references(() => users.id),
    readerRole: text('reader_role', { enum: ROLES }).notNull(),
    first: text('first', { enum: MATURITY_STAGES }).notNull(),
    second: text('second', { enum: MATURITY_STAGES }).notNull(),
    answer: text('answer', { enum: CHOICE_WORDS }).notNull(),
    supersedesId: uuid('supersedes_id').references((): AnyPgColumn => costChoices.id),
    createdAt: createdAt(),
  },
  (t) => [
    unique('cost_choices_one_successor').on(t.supersedesId),
    index('cost_choices_reader').on(t.imageId, t.readerId, t.createdAt),
    check('cost_choices_reader_role_known', oneOf(t.readerRole, ROLES)),
    check('cost_choices_first_known', oneOf(t.first, MATURITY_STAGES)),
    check('cost_choices_second_known', oneOf(t.second, MATURITY_STAGES)),
    check('cost_choices_answer_known', oneOf(t.answer, CHOICE_WORDS)),
    check('cost_choices_between_two', sql`${t.first} <> ${t.second}`),
  ],
);
