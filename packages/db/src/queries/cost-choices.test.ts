import type { ChoiceWord } from '@blastwise/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { UserActor } from '../actor.ts';
import { costChoices } from '../schema/index.ts';
import {
  AUDIT_KEY,
  decideForTests,
  digestOf,
  someAnalysis,
  someCase,
  someModel,
  someone,
} from '../testing/fixtures.ts';
import { withTestDatabase } from '../testing/index.ts';
import { storeAnalysis } from './analyses.ts';
import { ownChoices, recordCostChoice, standingChoices } from './cost-choices.ts';

describe('choices under doubt', () => {
  const test = withTestDatabase();
  let ann: UserActor;
  let ben: UserActor;
  let field: { imageId: string; decisionId: string };

  beforeAll(async () => {
    const { db } = test();
    await someModel(db);
    ann = await someone(db, 'clinician');
    ben = await someone(db, 'senior');
    const { imageIds } = await someCase(db, { actor: ann });
    const imageId = imageIds[0] ?? '';
    const stored = await storeAnalysis(db, {
      imageId,
      analysis: someAnalysis(),
      maskSha256: digestOf('m'),
      durationMs: 1,
      decide: decideForTests,
    });
    if (stored.outcome === 'stale-model') throw new Error('stale');
    field = { imageId, decisionId: stored.decisionId };
  });

  const say = (actor: UserActor, answer: ChoiceWord, decisionId = field.decisionId) =>
    recordCostChoice(test().db, {
      actor,
      auditKey: AUDIT_KEY,
      imageId: field.imageId,
      decisionId,
      first: 'Benign',
      second: 'Early',
      answer,
    });
  const answersOf = async (actor: UserActor) => [
    ...(await ownChoices(test().db, { readerId: actor.id, imageIds: [field.imageId] })),
  ];
  const standing = async () =>
    (await standingChoices(test().db)).map(({ readerId, answer }) => [readerId, answer]);

  it('refuses to take back what was never said, and a decision that does not stand', async () => {
    await expect(say(ann, 'withdrawn')).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(say(ann, 'first', ann.id)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await standing()).toEqual([]);
  });

  it('keeps every word, of which each reader’s latest stands', async () => {
    await say(ann, 'first');
    await say(ben, 'no-preference');
    await say(ann, 'second');
    expect(await answersOf(ann)).toEqual([
      [field.imageId, { decisionId: field.decisionId, answer: 'second' }],
    ]);
    expect(await standingChoices(test().db)).toHaveLength(2);
    expect(await standingChoices(test().db)).toContainEqual({
      readerId: ann.id,
      probabilities: someAnalysis().probabilities,
      first: 'Benign',
      second: 'Early',
      answer: 'second',
    });
    const rows = await test().db.select().from(costChoices).orderBy(costChoices.createdAt);
    expect(rows.map(({ answer }) => answer)).toEqual(['first', 'no-preference', 'second']);
    expect(rows.map(({ supersedesId }) => supersedesId)).toEqual([null, null, rows[0]?.id]);
  });

  it('lets an answer be taken back once, and given anew', async () => {
    await say(ann, 'withdrawn');
    expect(await answersOf(ann)).toEqual([]);
    expect(await standing()).toEqual([[ben.id, 'no-preference']]);
    await expect(say(ann, 'withdrawn')).rejects.toMatchObject({ code: 'CONFLICT' });
    await say(ann, 'first');
    expect(await standing()).toHaveLength(2);
  });
});
