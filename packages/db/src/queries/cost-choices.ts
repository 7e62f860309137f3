import {
  type ChoiceAnswer,
  type ChoiceWord,
  DomainError,
  type MaturityStage,
  type StageProbabilities,
} from '@blastwise/contracts';
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { UserActor } from '../actor.ts';
import { appendAudit } from '../audit/append.ts';
import { type AuditKey, fieldDigest } from '../audit/key.ts';
import type { Queryable } from '../client.ts';
import { found } from '../row-of.ts';
import { analyses, costChoices, decisions } from '../schema/index.ts';
import { lockImageState } from './case-states.ts';

export interface NewCostChoice {
  readonly actor: UserActor;
  readonly auditKey: AuditKey;
  readonly imageId: string;
  /** The decision that stood beside the question. */
  readonly decisionId: string;
  readonly first: MaturityStage;
  readonly second: MaturityStage;
  readonly answer: ChoiceWord;
}

/** Each reader's latest word on each field. */
const latest = (db: Queryable) =>
  db
    .selectDistinctOn([costChoices.imageId, costChoices.readerId])
    .from(costChoices)
    .orderBy(costChoices.imageId, costChoices.readerId, desc(costChoices.createdAt), desc(costChoices.id))
    .$dynamic();

const ofReader = (readerId: string, imageIds: string[]) =>
  and(eq(costChoices.readerId, readerId), inArray(costChoices.imageId, imageIds));

/**
 * Records a word on a field in doubt; it supersedes the same reader's earlier one. The same again changes nothing.
 * CONFLICT when the field's decision is no longer the one that was seen, and when there is nothing to take back.
 */
export async function recordCostChoice(db: Queryable, input: NewCostChoice): Promise<void> {
  const { actor, auditKey, imageId, decisionId, first, second, answer } = input;
  await db.transaction(async (tx) => {
    const state = found(await lockImageState(tx, imageId), 'image');
    if (state.decisionId !== decisionId)
      throw new DomainError('CONFLICT', 'The result has changed since it was shown; look at it again.');
    const [before] = await latest(tx).where(ofReader(actor.id, [imageId]));
    if (answer === 'withdrawn' && (before?.answer ?? 'withdrawn') === 'withdrawn')
      throw new DomainError('CONFLICT', 'There is no answer to take back; look at the field again.');
    if (before?.answer === answer && before.decisionId === decisionId && before.readerRole === actor.role)
      return;
    await tx.insert(costChoices).values({
      imageId,
      decisionId,
      readerId: actor.id,
      readerRole: actor.role,
      first,
      second,
      answer,
      supersedesId: before?.id ?? null,
      // Not the transaction's start: what a reader says follows in the order in which it was let in.
      createdAt: sql`clock_timestamp()`,
    });
    await appendAudit(tx, {
      actor,
      action: 'choice.record',
      subjectKind: 'image',
      subjectId: imageId,
      fields: ['decisionId', 'first', 'second', 'answer'],
      digests: { answer: fieldDigest(auditKey, 'answer', answer) },
    });
  });
}

/** A reader's answer that was not taken back, with the decision that it was given on. */
export interface OwnChoice {
  readonly decisionId: string;
  readonly answer: ChoiceAnswer;
}

/** What a reader has answered on these fields, by field. */
export async function ownChoices(
  db: Queryable,
  { readerId, imageIds }: { readerId: string; imageIds: string[] },
): Promise<ReadonlyMap<string, OwnChoice>> {
  const rows = await latest(db).where(ofReader(readerId, imageIds));
  return new Map(
    rows.flatMap(({ imageId, decisionId, answer }) =>
      answer === 'withdrawn' ? [] : [[imageId, { decisionId, answer }] as const],
    ),
  );
}

/** An answer that stands, with the probabilities that stood beside the question. */
export interface StandingChoice {
  readonly readerId: string;
  readonly probabilities: StageProbabilities;
  readonly first: MaturityStage;
  readonly second: MaturityStage;
  readonly answer: ChoiceAnswer;
}

/** Every reader's answer on every field that was not taken back. */
export async function standingChoices(db: Queryable): Promise<StandingChoice[]> {
  const words = latest(db).as('words');
  const rows = await db
    .select({
      readerId: words.readerId,
      probabilities: analyses.probabilities,
      first: words.first,
      second: words.second,
      answer: words.answer,
    })
    .from(words)
    .innerJoin(decisions, eq(decisions.id, words.decisionId))
    .innerJoin(analyses, eq(analyses.id, decisions.analysisId));
  return rows.flatMap(({ answer, ...row }) => (answer === 'withdrawn' ? [] : [{ ...row, answer }]));
}
