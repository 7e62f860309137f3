import type { CorrectionInput } from '@blastwise/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { UserActor } from '../actor.ts';
import { listAudit } from '../audit/index.ts';
import {
  AUDIT_KEY,
  adjudicateForTests,
  decideForTests,
  digestOf,
  someAnalysis,
  someCase,
  someModel,
  someone,
} from '../testing/fixtures.ts';
import { withTestDatabase } from '../testing/index.ts';
import { storeAnalysis } from './analyses.ts';
import { caseDetail } from './case-detail.ts';
import { type EditedMasks, readingMasks, recordCorrection } from './corrections.ts';
import type { Decide } from './decide.ts';

const READING: CorrectionInput = {
  stage: 'Pro',
  certainty: 'probable',
  confirmedBy: 'flow-cytometry',
  severity: 'critical',
  comment: 'Large nucleoli.',
};

describe('corrections', () => {
  const test = withTestDatabase();
  let ann: UserActor;
  let ben: UserActor;

  beforeAll(async () => {
    await someModel(test().db);
    ann = await someone(test().db, 'clinician');
    ben = await someone(test().db, 'senior');
  });

  const analysed = async (change: Partial<ReturnType<Decide>> = {}) => {
    const { db } = test();
    const { caseId, imageIds } = await someCase(db, { actor: ann });
    const imageId = imageIds[0] ?? '';
    const analysis = someAnalysis();
    const stored = await storeAnalysis(db, {
      imageId,
      analysis,
      maskSha256: digestOf('m'),
      durationMs: 1,
      decide: (of, costs) => ({ ...decideForTests(of, costs), ...change }),
    });
    if (stored.outcome === 'stale-model') throw new Error('stale');
    return { caseId, imageId, seen: { analysisId: stored.analysisId, decisionId: stored.decisionId } };
  };

  it('keeps every word: a reader supersedes only themselves', async () => {
    const { db } = test();
    const { caseId, imageId, seen } = await analysed();
    const say = (actor: UserActor, stage: CorrectionInput['stage']) =>
      recordCorrection(db, {
        actor,
        auditKey: AUDIT_KEY,
        adjudicate: adjudicateForTests,
        imageId,
        seen,
        correction: { ...READING, stage },
      });
    const first = await say(ann, 'Pro');
    const second = await say(ben, 'Pre');
    const third = await say(ann, null);
    expect([first, second, third].map(({ supersedesId }) => supersedesId)).toEqual([null, null, first.id]);
    expect(second.reader).toEqual({ id: ben.id, name: 'A senior', role: 'senior' });
    const detail = await caseDetail(db, caseId);
    expect(detail?.status).toBe('corrected');
    expect(detail?.images[0]?.corrections.map(({ id }) => id)).toEqual([third.id, second.id, first.id]);
  });

  it('keeps every edited mask; a later reading takes it over, replaces it or gives it up', async () => {
    const { db } = test();
    const { caseId, imageId, seen } = await analysed();
    const say = (actor: UserActor, masks?: EditedMasks) =>
      recordCorrection(db, {
        actor,
        auditKey: AUDIT_KEY,
        adjudicate: adjudicateForTests,
        imageId,
        seen,
        correction: READING,
        ...(masks && { masks }),
      });
    const [first, nuclei, second] = [digestOf('first'), digestOf('nuclei'), digestOf('second')];
    await say(ann, { maskSha256: first, nucleusSha256: nuclei });
    await say(ben);
    await say(ann);
    await say(ann, { maskSha256: second });
    const last = await say(ann, { maskSha256: null });
    expect(last).toMatchObject({ maskSha256: null, nucleusSha256: nuclei });
    const readings = (await caseDetail(db, caseId))?.images[0]?.corrections;
    expect(readings?.map(({ maskSha256, nucleusSha256 }) => [maskSha256, nucleusSha256])).toEqual([
      [null, nuclei],
      [second, nuclei],
      [first, nuclei],
      [null, null],
      [first, nuclei],
    ]);
    expect(await readingMasks(db, last.id)).toEqual({
      imageId,
      maskSha256: null,
      nucleusSha256: nuclei,
      masksFromResult: true,
    });
    expect(await readingMasks(db, imageId)).toBeNull();
    const [event] = await listAudit(db, { limit: 1, action: 'correction.record' });
    expect(event?.fields).toEqual(['stage', 'certainty', 'confirmedBy', 'severity', 'comment', 'mask']);
    const edit = test().owner.execute(
      `update corrections set mask_sha256 = '${first}' where id = '${last.id}'`,
    );
    await expect(edit).rejects.toThrow();
    await expect(say(ben, { maskSha256: 'no digest' })).rejects.toThrow();
  });

  it('knows which masks may have begun from a result, whatever is read later', async () => {
    const { imageId, seen } = await analysed();
    const say = async (saw: typeof seen | null, masks: EditedMasks) => {
      const { masksFromResult } = await recordCorrection(test().db, {
        actor: ann,
        auditKey: AUDIT_KEY,
        adjudicate: adjudicateForTests,
        imageId,
        seen: saw,
        correction: { ...READING, severity: 'none' },
        masks,
      });
      return masksFromResult;
    };
    const [one, two] = [digestOf('one'), digestOf('two')];
    expect(await say(null, { maskSha256: one })).toBe(false);
    expect(await say(seen, {})).toBe(false);
    expect(await say(seen, { nucleusSha256: two })).toBe(true);
    expect(await say(null, {})).toBe(true);
    expect(await say(null, { maskSha256: two })).toBe(true);
    expect(await say(null, { nucleusSha256: null })).toBe(true);
    expect(await say(null, { maskSha256: two, nucleusSha256: one })).toBe(false);
    expect(await say(seen, { maskSha256: null, nucleusSha256: null })).toBe(false);
  });

  it('keeps what was judged of an error while its reader says the same without an answer on screen', async () => {
    const { imageId, seen } = await analysed();
    const say = (saw: typeof seen | null, change: Partial<CorrectionInput> = {}) =>
      recordCorrection(test().db, {
        actor: ann,
        auditKey: AUDIT_KEY,
        adjudicate: adjudicateForTests,
        imageId,
        seen: saw,
        correction: { ...READING, severity: 'none', ...change },
      });
    const unseen = { severity: 'none', analysisId: null, decisionId: null };
    expect(await say(null, { stage: null })).toMatchObject(unseen);
    expect(await say(seen, { severity: 'serious' })).toMatchObject({ ...seen, severity: 'serious' });
    expect(await say(null, { certainty: 'unsure' })).toMatchObject({
      ...seen,
      ...{ severity: 'serious', certainty: 'unsure' },
    });
    expect(await say(null)).toMatchObject({ ...seen, severity: 'serious' });
    expect(await say(null, { stage: 'Pre' })).toMatchObject(unseen);
    expect(await say(null)).toMatchObject(unseen);
  });

  it.each<[string, Partial<ReturnType<Decide>> | null, CorrectionInput['stage'], boolean]>([
    ['a stage that was called another', {}, 'Pro', true],
    ['a field that was called a stage and cannot be assessed', {}, null, true],
    ['a stage that was called not assessable', { stage: null }, 'Pro', true],
    ['what agrees', {}, 'Benign', false],
    ['what agrees that it cannot be assessed', { stage: null }, null, false],
    ['a deferred field', { defer: true }, 'Pro', false],
    ['what was read without an answer', null, 'Pro', false],
  ])('takes a severity other than none only of an error: %s', async (_, decision, stage, isError) => {
    const { imageId, seen } = await analysed(decision ?? {});
    const say = (severity: CorrectionInput['severity']) =>
      recordCorrection(test().db, {
        actor: ann,
        auditKey: AUDIT_KEY,
        adjudicate: adjudicateForTests,
        imageId,
        seen: decision && seen,
        correction: { ...READING, stage, severity },
      });
    if (isError) expect(await say('critical')).toMatchObject({ severity: 'critical' });
    else await expect(say('critical')).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect(await say('none')).toMatchObject({ stage });
  });

  it('never has two successors of one reading', async () => {
    const { imageId, seen } = await analysed();
    const say = () =>
      recordCorrection(test().db, {
        actor: ann,
        auditKey: AUDIT_KEY,
        adjudicate: adjudicateForTests,
        imageId,
        seen,
        correction: READING,
      });
    const said = await Promise.all([say(), say(), say()]);
    const known = new Set(said.map(({ supersedesId }) => supersedesId));
    expect(known.size).toBe(3);
    expect(known.has(null)).toBe(true);
  });

  it('is refused when the result is not the one that was seen', async () => {
    const { imageId, seen } = await analysed();
    const other = await analysed();
    await expect(
      recordCorrection(test().db, {
        actor: ann,
        auditKey: AUDIT_KEY,
        adjudicate: adjudicateForTests,
        imageId,
        seen: { ...seen, decisionId: other.seen.decisionId },
        correction: READING,
      }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('can be made without any result, which comes later and is kept beside it (R12)', async () => {
    const { db } = test();
    const { caseId, imageIds } = await someCase(db, { actor: ann });
    const imageId = imageIds[0] ?? '';
    const read = await recordCorrection(db, {
      actor: ann,
      auditKey: AUDIT_KEY,
      adjudicate: adjudicateForTests,
      imageId,
      seen: null,
      correction: { ...READING, severity: 'none' },
    });
    expect(read).toMatchObject({ analysisId: null, decisionId: null });
    expect((await caseDetail(db, caseId))?.status).toBe('corrected');
    await storeAnalysis(db, {
      imageId,
      analysis: someAnalysis(),
      maskSha256: digestOf('m'),
      durationMs: 1,
      decide: decideForTests,
    });
    expect(await caseDetail(db, caseId)).toMatchObject({
      status: 'corrected',
      images: [{ decision: { stage: 'Benign' } }],
    });
  });
});
