import { DRIFT_CASES, type DriftFinding } from '@blastwise/contracts';
import { listAudit, recordDriftWindow } from '@blastwise/db';
import { beforeAll, describe, expect, it } from 'vitest';
import { analyse, MODEL, putModelIntoService, submit } from '../testing/fields.ts';
import { withTestPortal } from '../testing/portal.ts';

const portal = withTestPortal();
const admin = () => portal().as(portal().sessions.admin);
const LINE = { digest: MODEL.digest, series: 'analysed' } as const;

const finding: DriftFinding = {
  quantity: 'background-blue',
  state: 'drifting',
  statistic: 'ks',
  value: 0.9,
  threshold: 0.5,
  psi: 4,
  referenceCases: 40,
  windowCases: 20,
  bins: [
    { name: null, upTo: 0.1, reference: 1, window: 0 },
    { name: null, upTo: null, reference: 0, window: 1 },
  ],
};

describe('monitoring', () => {
  it('without a model has nothing to watch', async () => {
    expect(await admin().monitoring.get()).toEqual({ watched: null, alarms: [] });
  });

  describe('of the model in service', () => {
    beforeAll(() => putModelIntoService(portal()));

    it('says how far the reference is', async () => {
      const { imageIds } = await submit(portal(), portal().sessions.clinician, {
        pseudonym: 'M-1',
        seeds: [1],
      });
      await analyse(portal(), imageIds[0] ?? '', { Benign: 0, Early: 1, Pre: 0, Pro: 0 });
      const { watched } = await admin().monitoring.get();
      expect(watched?.series).toEqual([
        { series: 'analysed', referenceAt: null, waiting: 1, needed: DRIFT_CASES.reference, latest: null },
        { series: 'read', referenceAt: null, waiting: 0, needed: DRIFT_CASES.reference, latest: null },
      ]);
      expect(watched?.quantities.every((quantity) => quantity.finding === null)).toBe(true);
    });

    it('shows the latest window, those before it, and the alarm until it is acknowledged', async () => {
      const { db } = portal().services;
      const window = (number: number, findings: DriftFinding[]) =>
        recordDriftWindow(db, { ...LINE, number, caseIds: ['x'], lastAt: new Date(), findings });
      await window(0, []);
      await window(1, [{ ...finding, state: 'steady', value: 0.1 }]);
      await window(2, [finding]);
      const { watched, alarms } = await admin().monitoring.get();
      expect(watched?.series[0]).toMatchObject({ needed: DRIFT_CASES.window, latest: { number: 2 } });
      expect(watched?.quantities.find(({ quantity }) => quantity === 'background-blue')).toEqual({
        quantity: 'background-blue',
        finding,
        history: [
          { window: 1, value: 0.1, threshold: 0.5 },
          { window: 2, value: 0.9, threshold: 0.5 },
        ],
      });
      expect(await admin().monitoring.openAlarms()).toEqual({ alarms: 1 });
      const id = alarms[0]?.id ?? '';
      await admin().monitoring.acknowledge({ id, reason: 'New stain lot, checked by eye.' });
      expect(await admin().monitoring.openAlarms()).toEqual({ alarms: 0 });
      const closed = (await admin().monitoring.get()).alarms[0];
      expect(closed?.acknowledged).toMatchObject({
        by: { name: 'Ada' },
        reason: 'New stain lot, checked by eye.',
      });
      const [event] = await listAudit(db, { limit: 1, action: 'drift.acknowledge' });
      expect(event).toMatchObject({ subjectId: id, reason: 'New stain lot, checked by eye.' });
    });
  });
});
