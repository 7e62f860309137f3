import { markFailed } from '@blastwise/db';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { layerImage } from '../images/service.ts';
import { acceptMask, editedMask } from '../masks/service.ts';
import { analyse, putModelIntoService, submit } from '../testing/fields.ts';
import { withTestPortal } from '../testing/portal.ts';

const portal = withTestPortal();
const clinician = () => portal().as(portal().sessions.clinician);
const senior = () => portal().as(portal().sessions.senior);
const admin = () => portal().as(portal().sessions.admin);

const correction = {
  stage: 'Pro',
  certainty: 'sure',
  confirmedBy: 'morphology',
  severity: 'none',
  comment: '',
} as const;

async function blindCase(pseudonym: string, seed: number) {
  await admin().settings.setBlindShare({ share: 1, reason: 'one more' });
  const { caseId, imageIds } = await submit(portal(), portal().sessions.clinician, {
    pseudonym,
    seeds: [seed],
  });
  await admin().settings.setBlindShare({ share: 0, reason: 'no more of them' });
  return { caseId, imageId: imageIds[0] ?? '' };
}

describe('a case in blind review (R13)', () => {
  let caseId = '';
  let imageId = '';
  let seen = { analysisId: '', decisionId: '' };

  beforeAll(async () => {
    await putModelIntoService(portal());
    await admin().settings.setBlindShare({ share: 1, reason: 'every case, for the test' });
    const submitted = await submit(portal(), portal().sessions.clinician, { pseudonym: 'B-1', seeds: [1] });
    await admin().settings.setBlindShare({ share: 0, reason: 'no more of them' });
    caseId = submitted.caseId;
    imageId = submitted.imageIds[0] ?? '';
    seen = await analyse(
      portal(),
      imageId,
      { Benign: 0.3, Early: 0.4, Pre: 0.2, Pro: 0.1 },
      { layers: true, analysis: { predictionSet: ['Benign', 'Early'] } },
    );
  });

  it.each([
    ['a clinician', clinician],
    ['a senior', senior],
    ['an admin', admin],
  ])('shows %s nothing of the AI before', async (_, caller) => {
    const detail = await caller().cases.detail({ caseId });
    expect(detail).toMatchObject({
      aiEnabled: true,
      blindReview: true,
      status: 'unread',
      fields: [{ status: 'unread', blind: true, result: null, failureCode: null }],
    });
    const { rows } = await caller().cases.worklist({ search: 'B-1', sort: 'information' });
    expect(rows).toMatchObject([
      { blindReview: true, status: 'unread', expectedCost: null, margin: null, findings: [], setSize: null },
    ]);
    expect(JSON.stringify([detail, rows])).not.toMatch(/deferred|Early|Benign/);
  });

  it('draws no mask and no heatmap before, and counts a reading as made without the AI', async () => {
    const { clinician: session } = portal().sessions;
    const layers = ['mask', 'nucleus', { heatmapOf: 'Early' }] as const;
    for (const layer of layers)
      await expect(layerImage(portal().services, session, imageId, layer)).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    // Whoever claims to have seen a result has not.
    const { fields } = await clinician().reviews.record({ imageId, seen, correction });
    expect(fields[0]?.corrections[0]).toMatchObject({ stage: 'Pro', analysisId: null, decisionId: null });
    expect(fields[0]).toMatchObject({ blind: false, result: { decision: { defer: true } } });
    for (const layer of layers)
      expect((await layerImage(portal().services, session, imageId, layer)).length).toBeGreaterThan(0);
  });

  it('stays blind for the next reader, and keeps both opinions of the first', async () => {
    const other = await senior().cases.detail({ caseId });
    expect(other.fields[0]).toMatchObject({ blind: true, result: null });
    const again = await clinician().reviews.record({
      imageId,
      seen,
      correction: { ...correction, stage: 'Early' },
    });
    expect(again.fields[0]?.corrections.map(({ stage, decisionId }) => [stage, decisionId])).toEqual([
      ['Early', seen.decisionId],
      ['Pro', null],
    ]);
    const shown = await senior().cases.detail({ caseId });
    expect(JSON.stringify(shown)).not.toContain(seen.decisionId);
  });

  it('shows a mask begun from the AI’s only to those who have read', async () => {
    const { services, sessions } = portal();
    const file = await sharp({ create: { width: 16, height: 16, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    const { receipt } = await acceptMask(services, sessions.clinician, { imageId, file });
    const { fields } = await clinician().reviews.record({
      imageId,
      seen,
      correction: { ...correction, stage: 'Early' },
      masks: { mask: receipt },
    });
    const reading = fields[0]?.corrections[0]?.id ?? '';
    expect((await editedMask(services, sessions.clinician, reading, 'mask')).length).toBeGreaterThan(0);
    for (const blind of [sessions.senior, sessions.admin])
      await expect(editedMask(services, blind, reading, 'mask')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is left out of the preview of a matrix while nobody has read it', async () => {
    const { imageId } = await blindCase('B-2', 2);
    await analyse(portal(), imageId, { Benign: 0.3, Early: 0.4, Pre: 0.2, Pro: 0.1 });
    const { costs } = await admin().costs.active();
    expect(await admin().costs.preview({ costs })).toMatchObject({
      replayed: 0,
      unsettled: 0,
      blind: 2,
    });
  });

  it('does not tell that the AI erred, nor how gravely', async () => {
    const { caseId, imageId } = await blindCase('B-3', 3);
    const seen = await analyse(portal(), imageId, { Benign: 0.02, Early: 0.94, Pre: 0.02, Pro: 0.02 });
    await clinician().reviews.record({ imageId, seen: null, correction });
    await clinician().reviews.record({ imageId, seen, correction: { ...correction, severity: 'critical' } });
    const { fields } = await clinician().cases.detail({ caseId });
    expect(fields[0]).toMatchObject({
      adjudication: { status: 'disputed', why: 'severity' },
      corrections: [{ severity: 'critical' }, { severity: 'none' }],
    });
    for (const caller of [senior, admin]) {
      const hidden = (await caller().cases.detail({ caseId })).fields[0];
      expect(hidden?.adjudication).toEqual({ status: 'disputed', why: null });
      expect(hidden?.corrections.map(({ severity }) => severity)).toEqual(['none', 'none']);
    }
  });

  it('says that an analysis failed, so that somebody asks for it again', async () => {
    const { caseId, imageId } = await blindCase('B-4', 4);
    await markFailed(portal().services.db, { imageId, code: 'INTERNAL' });
    expect(await clinician().cases.detail({ caseId })).toMatchObject({
      status: 'failed',
      fields: [{ status: 'failed', blind: true, failureCode: 'INTERNAL', result: null }],
    });
    const { rows } = await clinician().cases.worklist({ search: 'B-4' });
    expect(rows).toMatchObject([{ status: 'failed', images: [{ status: 'failed' }] }]);
    await clinician().cases.retry({ imageId });
    expect(await clinician().cases.detail({ caseId })).toMatchObject({ fields: [{ status: 'unread' }] });
  });
});
