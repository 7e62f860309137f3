import {
  casesOfFields,
  claimTraining,
  failTraining,
  finishTraining,
  listAudit,
  modelInService,
  noteRegisteredFolder,
  settledFields,
} from '@blastwise/db';
import { reservedForTest } from '@blastwise/model/reserved';
import { beforeAll, describe, expect, it } from 'vitest';
import { putModelIntoService, submit } from '../testing/fields.ts';
import { withTestPortal } from '../testing/portal.ts';

const portal = withTestPortal();
const REQUEST = { reason: 'Corrections of November.', costWeight: null, seed: 1 };
const CONFLICT = { code: 'CONFLICT' };

describe('trainings', () => {
  const as = (who: 'admin' | 'secondAdmin' | 'senior') => portal().as(portal().sessions[who]);
  const ground = () => as('admin').trainings.ground();
  /** A case with one field that the senior settles. */
  const settle = async (seed: number): Promise<string> => {
    const { caseId, imageIds } = await submit(portal(), portal().sessions.senior, {
      pseudonym: `CANARY-${seed}`,
      note: 'CANARY-88',
      seeds: [seed],
    });
    const [imageId = ''] = imageIds;
    await as('senior').reviews.record({
      imageId,
      seen: null,
      correction: {
        stage: 'Pro',
        certainty: 'sure',
        confirmedBy: 'genetics',
        severity: 'none',
        comment: 'CANARY-99',
      },
    });
    return caseId;
  };

  it('say that there is no model, and cannot be asked for', async () => {
    expect(await ground()).toEqual({
      ...{ base: null, passedOver: null, problem: null },
      ...{ settled: 0, patients: 0, reserved: 0, fresh: 0, folder: null },
    });
    await expect(as('admin').trainings.request(REQUEST)).rejects.toMatchObject(CONFLICT);
  });

  describe('with settled fields', () => {
    const cases: string[] = [];
    beforeAll(async () => {
      await putModelIntoService(portal());
      for (const seed of [1, 2, 3, 4, 5, 6]) cases.push(await settle(seed));
    });

    it('count what is settled, kept for the test side, and new to the base', async () => {
      const reserved = cases.filter(reservedForTest).length;
      const expected = { settled: 6, patients: 6, reserved, fresh: 6 - reserved };
      expect(await ground()).toMatchObject(expected);
      expect((await ground()).base?.name).toBe('test-hybrid');
    });

    it('are asked for with a reason, one at a time, and cancelled by any admin', async () => {
      const { id, state, requestedBy, fields } = await as('admin').trainings.request(REQUEST);
      expect({ state, fields }).toEqual({ state: 'queued', fields: 6 });
      expect(requestedBy?.name).toBe('Ada');
      await expect(as('secondAdmin').trainings.request(REQUEST)).rejects.toMatchObject({
        ...CONFLICT,
        message: expect.stringMatching(/under way already/),
      });
      expect(await as('secondAdmin').trainings.cancel({ id })).toMatchObject({ id, state: 'cancelled' });
      await expect(as('admin').trainings.cancel({ id })).rejects.toMatchObject(CONFLICT);
      const [asked] = await listAudit(portal().services.db, { limit: 1, action: 'training.request' });
      expect(asked).toMatchObject({ subjectId: id, reason: REQUEST.reason });
    });

    it('go on after a failure, which the list names', async () => {
      const { db } = portal().services;
      const { id } = await as('admin').trainings.request({ ...REQUEST, costWeight: 0.5, seed: 7 });
      await claimTraining(db, id);
      await failTraining(db, { id, attempt: 1, failure: 'The training leaks.' });
      const [newest] = await as('admin').trainings.list();
      expect(newest).toMatchObject({
        id,
        state: 'failed',
        failure: 'The training leaks.',
        costWeight: 0.5,
        seed: 7,
      });
      expect(await as('admin').trainings.resume({ id })).toMatchObject({ state: 'queued', failure: null });
      await as('admin').trainings.cancel({ id });
    });

    it('of blocks and U-Net are offered and asked for where the services have the data folder', async () => {
      const { db } = portal().services;
      const network = { ...REQUEST, kind: 'network' as const };
      await expect(as('admin').trainings.request(network)).rejects.toMatchObject({
        ...CONFLICT,
        message: expect.stringMatching(/no data folder|has a data folder/),
      });
      const digest = (await modelInService(db))?.digest ?? '';
      await noteRegisteredFolder(db, digest, { fields: 40, problem: 'It is another.' });
      expect((await ground()).folder).toEqual({ fields: 40, problem: 'It is another.', edited: 0 });
      await expect(as('admin').trainings.request(network)).rejects.toMatchObject({
        message: 'It is another.',
      });
      await noteRegisteredFolder(db, digest, { fields: 40, problem: null });
      const { id, kind, folderFields } = await as('admin').trainings.request(network);
      expect({ kind, folderFields }).toEqual({ kind: 'network', folderFields: 40 });
      await as('admin').trainings.cancel({ id });
      expect((await as('admin').trainings.list()).at(-1)).toMatchObject({ kind: 'head', folderFields: null });
    });

    it('name what was left out by its case, and what is of another installation by none', async () => {
      const { db } = portal().services;
      const [own] = await settledFields(db);
      if (!own) throw new Error('No field is settled.');
      const { id } = await as('admin').trainings.request(REQUEST);
      const figures = { accuracy: 1, cost: 0 };
      const elsewhere = { id: crypto.randomUUID(), group: crypto.randomUUID() };
      await claimTraining(db, id);
      await finishTraining(
        db,
        { id, attempt: 1 },
        {
          model: { digest: 'a'.repeat(64), name: 'retrained', card: '', manifest: {} },
          outcome: {
            ...{ epochs: 1, bestEpoch: 1, learned: 4, reserved: 1 },
            quarantined: [{ id: own.id, group: elsewhere.group, against: 'Held back', kind: 'near' }],
            withdrawn: [elsewhere],
            validation: { before: figures, after: figures },
          },
        },
      );
      const caseId = (await casesOfFields(db, [own.id])).get(own.id);
      expect(cases).toContain(caseId);
      expect((await as('admin').trainings.list())[0]?.outcome).toMatchObject({
        quarantined: [{ id: own.id, caseId, against: 'Held back', kind: 'near' }],
        withdrawn: [{ id: elsewhere.id, caseId: null }],
      });
    });

    it('tell nothing of a patient', async () => {
      expect(JSON.stringify([await as('admin').trainings.list(), await ground()])).not.toContain('CANARY');
    });

    it.each([
      ['no reason', { ...REQUEST, reason: ' ' }],
      ['a cost weight of nothing', { ...REQUEST, costWeight: 0 }],
      ['a seed that is no whole number', { ...REQUEST, seed: 1.5 }],
    ])('refuse %s', async (_, input) => {
      await expect(as('admin').trainings.request(input)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    });
  });
});
