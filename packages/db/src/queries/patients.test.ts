import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { UserActor } from '../actor.ts';
import {
  decideForTests,
  digestOf,
  someAnalysis,
  someCase,
  someModel,
  someone,
  someReading,
} from '../testing/fixtures.ts';
import { withTestDatabase } from '../testing/index.ts';
import { adjudicatedImages } from './adjudicated-images.ts';
import { storeAnalysis } from './analyses.ts';
import { casesOfFields, patientsOfFields } from './patients.ts';
import { unsettledAnalyses } from './redecide.ts';
import { settledAnalyses } from './settled-analyses.ts';
import { settledFields } from './training-fields.ts';

describe('the cases of a patient', () => {
  const test = withTestDatabase();
  let senior: UserActor;
  const cases: { caseId: string; imageId: string }[] = [];
  let first = '';
  let third = '';

  beforeAll(async () => {
    const { db } = test();
    await someModel(db);
    senior = await someone(db, 'senior');
    for (const pseudonym of ['P-1', 'P-1', 'P-1', 'P-2']) {
      const { caseId, imageIds } = await someCase(db, { actor: senior, pseudonym });
      const [imageId = ''] = imageIds;
      cases.push({ caseId, imageId });
      await storeAnalysis(db, {
        ...{ imageId, analysis: someAnalysis(), maskSha256: digestOf('mask'), durationMs: 1 },
        decide: decideForTests,
      });
    }
    [first = '', , third = ''] = cases.map(({ caseId }) => caseId);
    // All but the third, the latest first.
    for (const { caseId, imageId } of cases.toReversed())
      if (caseId !== third) await someReading(db, { actor: senior, imageId, stage: 'Pre' });
  });

  const patientOf = (rows: readonly { imageId: string; patient: string }[], at: number) =>
    rows.find(({ imageId }) => imageId === cases[at]?.imageId)?.patient;

  it('are learned from, judged by and drawn as one, under the name of the first', async () => {
    const { db } = test();
    const other = cases[3]?.caseId;
    const learned = (await settledFields(db)).map(({ id, group }) => ({ imageId: id, patient: group }));
    const settled = await settledAnalyses(db, { limit: 9 });
    for (const rows of [learned, await adjudicatedImages(db), settled])
      expect([0, 1, 3].map((at) => patientOf(rows, at))).toEqual([first, first, other]);
    expect(patientOf(await unsettledAnalyses(db, { limit: 9 }), 2)).toBe(first);
  });

  it('are found by their fields; one of another installation has none', async () => {
    const { db } = test();
    const ids = [cases[2]?.imageId ?? '', randomUUID(), 'elsewhere'];
    expect(await casesOfFields(db, ids)).toEqual(new Map([[ids[0], third]]));
    expect(await patientsOfFields(db, ids)).toEqual(new Set([first]));
    expect(await patientsOfFields(db, [])).toEqual(new Set());
  });
});
