import { type CostMatrix, STUDY_COSTS } from '@blastwise/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { analyse, MODEL, putModelIntoService, submit } from '../testing/fields.ts';
import { PASSWORD, withTestPortal } from '../testing/portal.ts';

const portal = withTestPortal();
const clinician = () => portal().as(portal().sessions.clinician);
const admin = () => portal().as(portal().sessions.admin);
const sure = (stage: 'Early' | 'Pro') => ({ Benign: 0, Early: 0, Pre: 0, Pro: 0, [stage]: 1 });
const reading = { certainty: 'sure', confirmedBy: 'morphology', severity: 'none', comment: '' } as const;

/** One case that is decided as `decided` and read as `read`; its field and result. */
async function readCase(seed: number, decided: 'Early' | 'Pro', read: 'Early' | 'Pro' | null) {
  const { imageIds } = await submit(portal(), portal().sessions.clinician, {
    pseudonym: `P-${seed}`,
    seeds: [seed],
  });
  const [imageId = ''] = imageIds;
  const seen = await analyse(portal(), imageId, sure(decided));
  await clinician().reviews.record({ imageId, seen, correction: { ...reading, stage: read } });
  return { imageId, seen };
}

describe('is it getting better', () => {
  beforeAll(async () => {
    await putModelIntoService(portal());
    await admin().settings.setBlindShare({ share: 0, reason: 'no blind case yet' });
    // Read with the answer in sight: one of five is overridden.
    for (const [i, read] of (['Early', 'Early', 'Early', 'Early', 'Pro'] as const).entries())
      await readCase(10 + i, 'Early', read);
    await admin().settings.setBlindShare({ share: 1, reason: 'blind from now on' });
    // Read blind: one of four is wrong, Pro taken for Early; one cannot be assessed.
    for (const [i, read] of (['Early', 'Early', 'Early', 'Pro', null] as const).entries())
      await readCase(20 + i, 'Early', read);
  });

  it('says that four cases are too few, and how many they are', async () => {
    const { cost, override, ...rest } = await admin().progress.get({});
    expect(cost).toMatchObject({ cases: 4, fields: 4, overall: null, notAssessable: 1 });
    expect(override).toMatchObject({ cases: 5, overall: { mean: 0.2 } });
    expect(rest).toMatchObject({ trend: null, agreement: null, sample: { drawn: 5, read: 5 } });
  });

  it('scores the blind cases under the chosen costs', async () => {
    const { imageId, seen } = await readCase(30, 'Early', 'Early');
    const versions = await admin().costs.list();
    const first = versions.find(({ version }) => version === 1);
    // Pro called Early costs 25 in the study: 25 in five cases.
    const progress = await admin().progress.get({ costMatrixId: first?.id, by: 'cases' });
    expect(progress).toMatchObject({
      costMatrix: { version: 1 },
      cost: { cases: 5, overall: { mean: 500 }, steps: [{ cases: 5, figure: { mean: 500 } }] },
      override: { cases: 5 },
      flips: { readAgain: 0, flipped: 0 },
    });
    await clinician().reviews.record({ imageId, seen, correction: { ...reading, stage: 'Pro' } });
    const again = await admin().progress.get({});
    expect(again.flips).toEqual({ readAgain: 1, flipped: 1 });
    // What a reader says after having seen the AI is not the truth that the AI is measured by.
    expect(again.cost.overall?.mean).toBe(500);
  });

  it('tells the cost of each model that served', async () => {
    const { models, leastPatients } = await admin().models.course();
    expect(leastPatients).toBe(5);
    expect(models).toMatchObject([
      {
        digest: MODEL.digest,
        state: 'champion',
        course: { cases: 5, steps: [{ cases: 5, figure: { mean: 500 } }] },
      },
    ]);
  });

  it('scores all history under one version, whichever was in force', async () => {
    const [benign, early, pre] = STUDY_COSTS.matrix;
    const costs: CostMatrix = { ...STUDY_COSTS, matrix: [benign, early, pre, [90, 50, 10, 0]] };
    const first = await admin().costs.active();
    const { id } = await admin().costs.propose({ name: 'Dearer', costs, reason: 'for the test' });
    const decision = { id, reason: 'agreed', password: PASSWORD };
    await portal().as(portal().sessions.secondAdmin).costs.activate(decision);
    const [now, before] = await Promise.all([
      admin().progress.get({}),
      admin().progress.get({ costMatrixId: first.id }),
    ]);
    expect(now).toMatchObject({ costMatrix: { id }, cost: { overall: { mean: 1000 } } });
    expect(before).toMatchObject({ costMatrix: { id: first.id }, cost: { overall: { mean: 500 } } });
  });

  it('knows no version that is not there', async () => {
    const unknown = admin().progress.get({ costMatrixId: '01980000-0000-7000-8000-000000000000' });
    await expect(unknown).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
