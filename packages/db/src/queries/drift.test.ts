import type { DriftFinding } from '@blastwise/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { UserActor } from '../actor.ts';
import { listAudit } from '../audit/index.ts';
import {
  AUDIT_KEY,
  adjudicateForTests,
  decideForTests as decide,
  digestOf,
  MODEL,
  someAnalysis,
  someCase,
  someModel,
  someone,
} from '../testing/fixtures.ts';
import { withTestDatabase } from '../testing/index.ts';
import {
  acknowledgeDriftAlarm,
  countOpenAlarms,
  driftReference,
  driftWindowsOf,
  listDriftAlarms,
  nextDriftWindow,
  recordCorrection,
  recordDriftWindow,
  type SeenResult,
  storeAnalysis,
  watchedFields,
} from './index.ts';

const test = withTestDatabase();
const LINE = { digest: MODEL, series: 'analysed' } as const;
const READ = { digest: MODEL, series: 'read' } as const;
const SURE = { Benign: 0, Early: 1, Pre: 0, Pro: 0 };

let clinician: UserActor;
let admin: UserActor;
beforeAll(async () => {
  await someModel(test().db);
  clinician = await someone(test().db, 'clinician');
  admin = await someone(test().db, 'admin');
});

async function analyse(imageId: string): Promise<SeenResult> {
  const stored = await storeAnalysis(test().db, {
    imageId,
    analysis: someAnalysis({
      stage: 'Early',
      probabilities: SURE,
      background: { red: 220, green: 190, blue: 205 },
    }),
    maskSha256: digestOf('m'),
    durationMs: 1,
    decide,
  });
  if (stored.outcome === 'stale-model') throw new Error('The test model is not in service.');
  return { analysisId: stored.analysisId, decisionId: stored.decisionId };
}

/** One more analysed case; its field. */
async function analysedCase(): Promise<{ caseId: string; imageId: string; seen: SeenResult }> {
  const { caseId, imageIds } = await someCase(test().db, { actor: clinician });
  const [imageId = ''] = imageIds;
  return { caseId, imageId, seen: await analyse(imageId) };
}

async function read(imageId: string, seen: SeenResult | null, stage: 'Early' | 'Pro') {
  await recordCorrection(test().db, {
    actor: clinician,
    auditKey: AUDIT_KEY,
    adjudicate: adjudicateForTests,
    imageId,
    seen,
    correction: {
      stage,
      certainty: 'sure',
      confirmedBy: 'morphology',
      severity: 'none',
      comment: '',
    },
  });
}

const finding = (change: Partial<DriftFinding> = {}): DriftFinding => ({
  quantity: 'background-blue',
  state: 'drifting',
  statistic: 'ks',
  value: 0.8,
  threshold: 0.5,
  psi: 3,
  referenceCases: 40,
  windowCases: 20,
  bins: [],
  ...change,
});

describe('windows of cases', () => {
  it('are the first 40 as reference, then 20 each, in the order of being analysed', async () => {
    const { db } = test();
    const first: string[] = [];
    while (first.length < 39) first.push((await analysedCase()).caseId);
    // One field still waits: the case is not complete.
    const { caseId, imageIds } = await someCase(db, { actor: clinician, count: 2 });
    const [done = '', waiting = ''] = imageIds;
    await analyse(done);
    expect(await nextDriftWindow(db, LINE)).toEqual({ waiting: 39, needed: 40, next: null });
    await analyse(waiting);
    first.push(caseId);
    const { next } = await nextDriftWindow(db, LINE);
    expect(next).toMatchObject({ number: 0, caseIds: first });
    if (!next) throw new Error('The reference is due.');
    expect(await driftReference(db, LINE)).toBeNull();
    expect(await recordDriftWindow(db, { ...LINE, ...next, findings: [] })).toBe(true);
    expect(await recordDriftWindow(db, { ...LINE, ...next, findings: [] })).toBe(false);
    expect((await driftReference(db, LINE))?.caseIds).toEqual(first);
    const after = await analysedCase();
    expect(await nextDriftWindow(db, LINE)).toEqual({ waiting: 1, needed: 20, next: null });
    const second = [after.caseId];
    while (second.length < 20) second.push((await analysedCase()).caseId);
    expect((await nextDriftWindow(db, LINE)).next).toMatchObject({ number: 1, caseIds: second });
    expect(await nextDriftWindow(db, { ...LINE, digest: digestOf('other') })).toMatchObject({ waiting: 0 });
  });

  it('of what readers say hold cases read by those who saw a decision', async () => {
    const { db } = test();
    const [unread, blind, right, wrong] = await Promise.all([1, 2, 3, 4].map(() => analysedCase()));
    if (!unread || !blind || !right || !wrong) throw new Error('Four cases were made.');
    await read(blind.imageId, null, 'Pro');
    await read(right.imageId, right.seen, 'Early');
    await read(wrong.imageId, wrong.seen, 'Pro');
    // Who thinks again changes nothing of the first word.
    await read(wrong.imageId, wrong.seen, 'Early');
    expect(await nextDriftWindow(db, READ)).toMatchObject({ waiting: 2, needed: 40 });
    const fields = await watchedFields(db, {
      digest: MODEL,
      caseIds: [wrong.caseId, unread.caseId, blind.caseId, right.caseId],
    });
    expect(fields.map((own) => own.map(({ corrected }) => corrected))).toEqual([
      [true],
      [null],
      [null],
      [false],
    ]);
    expect(fields[0]?.[0]).toMatchObject({
      background: { red: 220, green: 190, blue: 205 },
      cells: 5,
      stage: 'Early',
      probabilities: SURE,
    });
  });
});

describe('alarms', () => {
  const window = (number: number, findings: DriftFinding[]) =>
    recordDriftWindow(test().db, { ...LINE, number, caseIds: [], lastAt: new Date(), findings });

  it('open with the window that drifts, once until somebody says why', async () => {
    const { db } = test();
    const steady = finding({ quantity: 'cells', state: 'steady', value: 0.1 });
    await window(1, [finding(), steady]);
    await window(2, [finding({ value: 0.9 })]);
    expect(await countOpenAlarms(db)).toBe(1);
    const [event] = await listAudit(db, { limit: 1, action: 'drift.alarm' });
    expect(event?.reason).toBe('background-blue: ks 0.800 is above 0.500');
    const [alarm] = await listDriftAlarms(db, { limit: 5 });
    expect(alarm).toMatchObject({ quantity: 'background-blue', value: 0.8, window: 1, acknowledged: null });
    const acknowledge = { actor: admin, id: alarm?.id ?? '', reason: 'New stain lot.' };
    await acknowledgeDriftAlarm(db, acknowledge);
    await expect(acknowledgeDriftAlarm(db, acknowledge)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await countOpenAlarms(db)).toBe(0);
    await window(3, [finding()]);
    const alarms = await listDriftAlarms(db, { limit: 5 });
    expect(alarms.map(({ window: number, acknowledged }) => [number, acknowledged?.reason])).toEqual([
      [3, undefined],
      [1, 'New stain lot.'],
    ]);
    expect((await driftWindowsOf(db, { ...LINE, limit: 2 })).map(({ number }) => number)).toEqual([3, 2]);
  });

  it('are refused without a reason, and their windows are never changed', async () => {
    const [alarm] = await listDriftAlarms(test().db, { limit: 1 });
    const blank = { actor: admin, id: alarm?.id ?? '', reason: ' ' };
    await expect(acknowledgeDriftAlarm(test().db, blank)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(test().owner.execute('update drift_windows set number = 9')).rejects.toThrow();
    await expect(test().db.execute('update drift_alarms set value = 0')).rejects.toThrow();
  });
});
