import { STUDY_COSTS } from '@blastwise/contracts';
import { markFailed } from '@blastwise/db';
import { beforeAll, describe, expect, it } from 'vitest';
import { analyse, picture, putModelIntoService, submit } from '../testing/fields.ts';
import { withTestPortal } from '../testing/portal.ts';
import { acceptUpload } from '../uploads/service.ts';

const portal = withTestPortal();
const clinician = () => portal().as(portal().sessions.clinician);
const senior = () => portal().as(portal().sessions.senior);
const admin = () => portal().as(portal().sessions.admin);

beforeAll(() => putModelIntoService(portal()));

const EARLY = { Benign: 0.05, Early: 0.85, Pre: 0.05, Pro: 0.05 };
const reading = { certainty: 'sure', confirmedBy: 'morphology', severity: 'none', comment: '' } as const;

describe('a case from submission to reading', () => {
  it('is queued, analysed, read', async () => {
    const { caseId, imageIds } = await submit(portal(), portal().sessions.clinician, {
      pseudonym: 'P-100',
      note: 'first smear',
      seeds: [10, 11],
    });
    const [first = '', second = ''] = imageIds;
    const queued = await clinician().cases.detail({ caseId });
    expect(queued).toMatchObject({
      pseudonym: 'P-100',
      note: 'first smear',
      status: 'queued',
      aiEnabled: true,
    });
    expect(queued.fields.map(({ result, status }) => [result, status])).toEqual([
      [null, 'queued'],
      [null, 'queued'],
    ]);

    const seen = await analyse(portal(), first, EARLY);
    await analyse(portal(), second, { Benign: 0.3, Early: 0.3, Pre: 0.2, Pro: 0.2 });
    const analysed = await senior().cases.detail({ caseId });
    expect(analysed.fields[0]).toMatchObject({
      status: 'analysed',
      result: {
        analysisId: seen.analysisId,
        decision: { id: seen.decisionId, stage: 'Early', costMatrixVersion: 1 },
      },
    });
    expect(analysed.fields[1]?.status).toBe('deferred');
    expect(analysed.notice).toBe('research use, not for diagnosis');

    const read = await senior().reviews.record({
      imageId: first,
      seen,
      correction: { ...reading, stage: 'Pro', severity: 'serious', comment: 'large nucleoli' },
    });
    expect(read.fields[0]?.corrections[0]).toMatchObject({
      stage: 'Pro',
      reader: { name: 'Simon' },
      supersedesId: null,
    });
    const again = await senior().reviews.record({
      imageId: first,
      seen,
      correction: { ...reading, stage: 'Early' },
    });
    expect(again.fields[0]?.corrections).toHaveLength(2);
    await senior().reviews.record({ imageId: first, seen, correction: { ...reading, stage: 'Early' } });
    const history = await clinician().reviews.history({ imageId: first });
    expect(history.map(({ stage }) => stage)).toEqual(['Early', 'Pro']);
  });

  it('refuses a reading of a result that was not on the screen', async () => {
    const { imageIds } = await submit(portal(), portal().sessions.clinician, {
      pseudonym: 'P-101',
      seeds: [12],
    });
    const [imageId = ''] = imageIds;
    const { analysisId } = await analyse(portal(), imageId, EARLY);
    const outdated = clinician().reviews.record({
      imageId,
      seen: { analysisId, decisionId: '01980000-0000-7000-8000-000000000000' },
      correction: { ...reading, stage: 'Early' },
    });
    await expect(outdated).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('is completed with the AI off, and nothing of the AI is in any answer (R12)', async () => {
    const { caseId, imageIds } = await submit(portal(), portal().sessions.clinician, {
      pseudonym: 'P-OFF',
      seeds: [13],
    });
    const [imageId = ''] = imageIds;
    await analyse(portal(), imageId, EARLY);
    await admin().settings.setAi({ enabled: false, reason: 'reading without it' });
    try {
      const detail = await clinician().cases.detail({ caseId });
      expect(detail).toMatchObject({ status: 'unread', fields: [{ status: 'unread', result: null }] });
      const { rows } = await clinician().cases.worklist({ search: 'p-off' });
      expect(rows).toMatchObject([
        {
          status: 'unread',
          expectedCost: null,
          margin: null,
          findings: [],
          setSize: null,
          information: null,
          images: [{ status: 'unread', stage: null }],
        },
      ]);
      const read = await clinician().reviews.record({
        imageId,
        seen: null,
        correction: { ...reading, stage: null, comment: 'blurred' },
      });
      expect(read.fields[0]?.corrections[0]).toMatchObject({
        stage: null,
        analysisId: null,
        decisionId: null,
      });
      expect((await clinician().cases.detail({ caseId })).status).toBe('corrected');
    } finally {
      await admin().settings.setAi({ enabled: true, reason: 'back to normal' });
    }
  });
});

describe('what the network says against relying on its stage', () => {
  const torn = {
    predictionSet: ['Early', 'Pre'] as const,
    outOfDistribution: { score: 7, flag: true },
    scale: { factor: 0.5, source: 'estimated', tiles: 4 } as const,
    whiteCells: [
      {
        x: 1,
        y: 2,
        width: 5,
        height: 6,
        nucleusShare: 0.6,
        contributions: { Benign: -1, Early: 2, Pre: 1, Pro: -2 },
      },
    ],
  };

  it('stands in the case, with the layers that can be asked for', async () => {
    const { clinician: reader } = portal().sessions;
    const { caseId, imageIds } = await submit(portal(), reader, { pseudonym: 'EV-1', seeds: [301, 302] });
    const analysis = { ...torn, predictionSet: [...torn.predictionSet] };
    await analyse(portal(), imageIds[0] ?? '', EARLY, { analysis, layers: true });
    await analyse(portal(), imageIds[1] ?? '', EARLY);
    const { fields } = await clinician().cases.detail({ caseId });
    expect(fields[0]?.result).toMatchObject({ analysis, layers: { nucleus: true, heatmaps: true } });
    expect(fields[1]?.result).toMatchObject({
      analysis: { predictionSet: null, whiteCells: null },
      layers: { nucleus: false, heatmaps: false },
    });
    expect(JSON.stringify(fields)).not.toContain('Sha256');
  });

  it('is found and sorted by in the worklist, until somebody has read the field', async () => {
    const find = async () =>
      (await clinician().cases.worklist({ search: 'EV-', finding: 'out-of-distribution' })).rows;
    const [row] = await find();
    expect(row).toMatchObject({ findings: ['out-of-distribution', 'several-stages'], setSize: 2 });
    const sorted = await clinician().cases.worklist({ sort: 'set-size' });
    expect(sorted.rows[0]?.pseudonym).toBe('EV-1');
    const counts = await clinician().cases.counts({ search: 'EV-', finding: 'not-assessable' });
    expect(counts.all).toBe(0);
    await clinician().reviews.record({
      imageId: row?.images[0]?.imageId ?? '',
      seen: null,
      correction: { ...reading, stage: 'Early' },
    });
    expect(await find()).toEqual([]);
  });
});

describe('with the AI off, the worklist', () => {
  const ids: string[] = [];
  beforeAll(async () => {
    const { clinician: reader } = portal().sessions;
    // Deferred, sure, read as Pro where the network says Early, failed.
    for (const [i, probabilities] of [
      { Benign: 0.3, Early: 0.3, Pre: 0.2, Pro: 0.2 },
      EARLY,
      EARLY,
    ].entries()) {
      const { caseId, imageIds } = await submit(portal(), reader, {
        pseudonym: `R12-${i}`,
        seeds: [200 + i],
      });
      ids.push(caseId);
      const seen = await analyse(portal(), imageIds[0] ?? '', probabilities);
      if (i === 2) {
        const correction = { ...reading, stage: 'Pro', severity: 'minor' } as const;
        await clinician().reviews.record({ imageId: imageIds[0] ?? '', seen, correction });
      }
    }
    const failing = await submit(portal(), reader, { pseudonym: 'R12-3', seeds: [203] });
    ids.push(failing.caseId);
    await markFailed(portal().services.db, { imageId: failing.imageIds[0] ?? '', code: 'INTERNAL' });
    await admin().settings.setAi({ enabled: false, reason: 'reading without it' });
    return () => admin().settings.setAi({ enabled: true, reason: 'back to normal' });
  });
  const names = async (filter: Parameters<ReturnType<typeof clinician>['cases']['worklist']>[0]) =>
    (await clinician().cases.worklist({ search: 'R12-', ...filter })).rows.map(({ pseudonym }) => pseudonym);
  const NEWEST = ['R12-3', 'R12-2', 'R12-1', 'R12-0'];

  it.each([
    [{}, NEWEST],
    [{ sort: 'expected-cost' }, NEWEST],
    [{ sort: 'margin' }, NEWEST],
    [{ sort: 'set-size' }, NEWEST],
    [{ finding: 'several-stages' }, NEWEST],
    [{ status: 'unread' }, ['R12-3', 'R12-1', 'R12-0']],
    [{ status: 'deferred' }, ['R12-3', 'R12-1', 'R12-0']],
    [{ status: 'failed' }, ['R12-3', 'R12-1', 'R12-0']],
    [{ status: 'corrected' }, ['R12-2']],
    [{ stage: 'Early' }, []],
    [{ stage: 'Pro' }, ['R12-2']],
  ] as const)('tells nothing of it under %j (R12)', async (filter, expected) => {
    expect(await names(filter)).toEqual(expected);
    const all = JSON.stringify(await clinician().cases.worklist({ search: 'R12-', ...filter }));
    expect(all).not.toMatch(/deferred|failed|analysed|queued|Early/);
  });

  it('counts what was read and what was not, and walks in that order', async () => {
    expect(await clinician().cases.counts({ search: 'R12-' })).toEqual({
      all: 4,
      unread: 3,
      corrected: 1,
      queued: 0,
      failed: 0,
      deferred: 0,
      analysed: 0,
    });
    const [deferred = '', sure = '', read = ''] = ids;
    const filter = { search: 'R12-', sort: 'expected-cost' } as const;
    expect(await clinician().cases.neighbours({ caseId: sure, filter })).toEqual({
      previous: read,
      next: deferred,
    });
  });

  it('keeps it out of the case, its readings and the preview of a matrix', async () => {
    const [, , read = '', failed = ''] = ids;
    const detail = await clinician().cases.detail({ caseId: read });
    expect(detail.fields[0]?.corrections[0]).toMatchObject({
      stage: 'Pro',
      analysisId: null,
      decisionId: null,
    });
    const unread = (await clinician().cases.detail({ caseId: failed })).fields[0];
    expect(unread).toMatchObject({ status: 'unread', failureCode: null });
    const preview = await admin().costs.preview({ costs: STUDY_COSTS });
    expect(preview).toMatchObject({ unsettled: 0, changed: 0, blind: 0 });
    const asked = { costs: STUDY_COSTS, of: 'unsettled', offset: 0 } as const;
    expect(await admin().costs.flips(asked)).toMatchObject({ total: 0 });
  });
});

describe('uploads', () => {
  it('can be submitted only by who uploaded them', async () => {
    const { receipt } = await acceptUpload(portal().services, portal().sessions.senior, await picture(20));
    const stolen = clinician().cases.submit({ pseudonym: 'P-2', uploads: [receipt] });
    await expect(stolen).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: 'An upload belongs to somebody else.',
    });
  });

  it('are stored for good only by submission, and asked for again when they are gone', async () => {
    const { blobs, uploads } = portal().services;
    const { receipt, sha256 } = await acceptUpload(
      portal().services,
      portal().sessions.clinician,
      await picture(22),
    );
    expect(await blobs.has(sha256)).toBe(false);
    await uploads.sweep(new Date(Date.now() + 60_000));
    const late = clinician().cases.submit({ pseudonym: 'P-5', uploads: [receipt] });
    await expect(late).rejects.toMatchObject({ message: 'An upload is no longer there; upload it again.' });

    await acceptUpload(portal().services, portal().sessions.clinician, await picture(22));
    await clinician().cases.submit({ pseudonym: 'P-5', uploads: [receipt] });
    expect(await blobs.has(sha256)).toBe(true);
  });

  it('show duplicates in the case', async () => {
    const first = await submit(portal(), portal().sessions.clinician, { pseudonym: 'P-3', seeds: [21] });
    const second = await submit(portal(), portal().sessions.clinician, { pseudonym: 'P-4', seeds: [21] });
    const { fields } = await clinician().cases.detail({ caseId: second.caseId });
    expect(fields[0]?.duplicates).toMatchObject([{ caseId: first.caseId }]);
  });
});

describe('the worklist', () => {
  it('pages, counts, searches and walks', async () => {
    const all: string[] = [];
    for (const n of [1, 2, 3]) {
      const { caseId } = await submit(portal(), portal().sessions.clinician, {
        pseudonym: `W-${n}`,
        seeds: [30 + n],
      });
      all.unshift(caseId);
    }
    const first = await clinician().cases.worklist({ search: 'w-', limit: 2 });
    const second = await clinician().cases.worklist({ search: 'w-', limit: 2, cursor: first.nextCursor });
    expect([...first.rows, ...second.rows].map(({ caseId }) => caseId)).toEqual(all);
    expect(second.nextCursor).toBeNull();
    expect(await clinician().cases.counts({ search: 'w-' })).toMatchObject({
      all: 3,
      queued: 3,
      analysed: 0,
    });
    const [newest = '', middle = '', oldest = ''] = all;
    expect(await clinician().cases.neighbours({ caseId: middle, filter: { search: 'w-' } })).toEqual({
      previous: newest,
      next: oldest,
    });
  });

  it.each([
    ['cases.detail', () => clinician().cases.detail({ caseId: '01980000-0000-7000-8000-000000000000' })],
    [
      'reviews.history',
      () => clinician().reviews.history({ imageId: '01980000-0000-7000-8000-000000000000' }),
    ],
    ['cases.retry', () => clinician().cases.retry({ imageId: '01980000-0000-7000-8000-000000000000' })],
  ])('%s of something unknown is NOT_FOUND', async (_, call) => {
    await expect(call()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
