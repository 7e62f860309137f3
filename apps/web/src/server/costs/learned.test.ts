import { type CorrectionInput, DEFAULT_COST_WEIGHTS, STUDY_COSTS } from '@blastwise/contracts';
import type { Session } from '@blastwise/db';
import { beforeAll, describe, expect, it } from 'vitest';
import { analyse, putModelIntoService, submit } from '../testing/fields.ts';
import { PASSWORD, withTestPortal } from '../testing/portal.ts';

const portal = withTestPortal();
const admin = () => portal().as(portal().sessions.admin);
beforeAll(() => putModelIntoService(portal()));

/** Called Benign under the study's costs. */
const BENIGN = { Benign: 0.95, Early: 0.05, Pre: 0, Pro: 0 };

let seed = 900;
async function seenField() {
  seed += 1;
  const { imageIds } = await submit(portal(), portal().sessions.clinician, {
    pseudonym: `P-${seed}`,
    seeds: [seed],
  });
  const [imageId = ''] = imageIds;
  const { analysisId, decisionId } = await analyse(portal(), imageId, BENIGN);
  return { imageId, seen: { analysisId, decisionId } };
}

const read = (
  session: Session,
  field: { imageId: string; seen: { analysisId: string; decisionId: string } | null },
  change: Partial<CorrectionInput>,
) =>
  portal()
    .as(session)
    .reviews.record({
      ...field,
      correction: {
        stage: 'Early',
        certainty: 'sure',
        confirmedBy: 'morphology',
        severity: 'critical',
        comment: '',
        ...change,
      },
    });

const cellOf = (
  { cells }: Awaited<ReturnType<ReturnType<typeof admin>['costs']['learned']>>,
  actual: string,
) => cells.find((cell) => cell.actual === actual && cell.predicted === 'Benign');

describe('costs learned from readers', () => {
  it('are those in force while no error is settled', async () => {
    await read(portal().sessions.clinician, await seenField(), {});
    const learned = await admin().costs.learned({});
    expect(learned).toMatchObject({
      active: { version: 1 },
      costs: STUDY_COSTS,
      counts: { used: 0, fields: 0, skipped: 0 },
      weights: DEFAULT_COST_WEIGHTS,
    });
    expect(learned.cells).toHaveLength(12);
    expect(cellOf(learned, 'Early')).toMatchObject({ active: 10, proposed: 10, evidence: 0, judgements: 0 });
  });

  it('move one step where settled errors were judged, each field once', async () => {
    const { clinician, senior } = portal().sessions;
    const twice = await seenField();
    await read(clinician, twice, {});
    await read(senior, twice, {});
    await read(senior, await seenField(), { stage: 'Benign', severity: 'none' });
    const unshown = await seenField();
    await read(senior, { ...unshown, seen: null }, { severity: 'none' });
    const learned = await admin().costs.learned({});
    // (5 * 10 + 1 * 30) / 6 = 13.33, and a quarter above 10 is 12.5.
    const cell = cellOf(learned, 'Early');
    expect(cell).toMatchObject({ active: 10, proposed: 12.5, evidence: 1, judgements: 2, fields: 1 });
    expect(cell?.posterior).toBeCloseTo(80 / 6, 12);
    expect(cell?.interval.lower).toBeLessThan(80 / 6);
    expect(learned.costs.matrix[1]).toEqual([12.5, 0, 15, 25]);
    expect(learned.costs.referralCost).toBe(STUDY_COSTS.referralCost);
    expect(learned.counts).toMatchObject({ used: 2, fields: 1, skipped: 1, leftOut: { 'no-result': 1 } });
  });

  it('start from the founding costs again once a proposal is in force, and store nothing', async () => {
    const { costs } = await admin().costs.learned({});
    const { id } = await admin().costs.propose({ name: 'Learned', costs, reason: 'from readers' });
    expect(await admin().costs.list()).toHaveLength(2);
    await portal()
      .as(portal().sessions.secondAdmin)
      .costs.activate({ id, reason: 'agreed', password: PASSWORD });
    const learned = await admin().costs.learned({});
    // One step more reaches the posterior, which the first step did not move.
    expect(learned.active.version).toBe(2);
    expect(cellOf(learned, 'Early')).toMatchObject({ active: 12.5, proposed: 13.33 });
    expect(cellOf(learned, 'Early')?.posterior).toBeCloseTo(80 / 6, 12);
  });

  it('follow the weights that are asked for, and go into what an approver is shown as the server computes them', async () => {
    const [critical, weights] = [40, { ...DEFAULT_COST_WEIGHTS }];
    weights.severity = { ...weights.severity, critical };
    weights.step = { share: 0, cost: 1 };
    const learned = await admin().costs.learned({ weights });
    // (5 * 10 + 1 * 40) / 6 = 15, and a step of 1 from 12.5.
    expect(learned.weights).toEqual(weights);
    expect(cellOf(learned, 'Early')).toMatchObject({ posterior: 15, proposed: 13.5 });

    const { matrix } = learned.costs;
    const byHand = { ...learned.costs, referralCost: 3 };
    const version = { name: 'Learned', costs: byHand, reason: 'from readers' };
    const { id } = await admin().costs.propose({ ...version, computed: { weights, matrix } });
    const basis = await portal().as(portal().sessions.secondAdmin).costs.basis({ id });
    expect(basis).toMatchObject({ weights });
    expect(
      basis?.cells.find(({ actual, predicted }) => actual === 'Early' && predicted === 'Benign'),
    ).toEqual(cellOf(learned, 'Early'));
    const [active] = (await admin().costs.list()).filter(({ status }) => status === 'active');
    expect(await admin().costs.basis({ id: active?.id ?? '' })).toBeNull();

    const made = STUDY_COSTS.matrix;
    await expect(
      admin().costs.propose({ ...version, computed: { weights, matrix: made } }),
    ).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('Compute them again') });
  });
});
