import { expect, it } from 'vitest';
import type { UserActor } from '../actor.ts';
import { AUDIT_KEY, adjudicateForTests as adjudicate, someCase, someone } from '../testing/fixtures.ts';
import { withTestDatabase } from '../testing/index.ts';
import { recordCorrection } from './corrections.ts';
import { disableUser, enableUser } from './users.ts';
import { fieldsWithoutSenior } from './without-senior.ts';

const test = withTestDatabase();

it('counts disputed fields only while nobody can sign in who is a senior', async () => {
  const { db } = test();
  const [ann, ben, admin] = [
    await someone(db, 'clinician'),
    await someone(db, 'clinician'),
    await someone(db, 'admin'),
  ];
  const [imageId = '', alone = ''] = (await someCase(db, { actor: ann, count: 2 })).imageIds;
  const read = (of: string, actor: UserActor, stage: 'Pre' | 'Pro') =>
    recordCorrection(db, {
      ...{ actor, auditKey: AUDIT_KEY, adjudicate, imageId: of, seen: null },
      correction: { stage, certainty: 'sure', confirmedBy: 'morphology', severity: 'none', comment: '' },
    });
  await read(alone, ann, 'Pre');
  await read(imageId, ann, 'Pre');
  expect(await fieldsWithoutSenior(db)).toBe(0);
  await read(imageId, ben, 'Pro');
  expect(await fieldsWithoutSenior(db)).toBe(1);
  const senior = { actor: admin, userId: (await someone(db, 'senior')).id, reason: 'For the tests.' };
  expect(await fieldsWithoutSenior(db)).toBe(0);
  await disableUser(db, senior);
  expect(await fieldsWithoutSenior(db)).toBe(1);
  await enableUser(db, senior);
  expect(await fieldsWithoutSenior(db)).toBe(0);
});
