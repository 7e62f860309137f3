import { beforeAll, describe, expect, it } from 'vitest';
import { analyse, putModelIntoService, submit } from '../testing/fields.ts';
import { PASSWORD, withTestPortal } from '../testing/portal.ts';

const portal = withTestPortal();
const clinician = () => portal().as(portal().sessions.clinician);
const senior = () => portal().as(portal().sessions.senior);

const reading = {
  stage: 'Pro',
  certainty: 'sure',
  confirmedBy: 'morphology',
  severity: 'none',
  comment: '',
} as const;

let cases = 0;
/** A case of one field, analysed and read by the clinician. */
async function readCase() {
  cases += 1;
  const { caseId, imageIds } = await submit(portal(), portal().sessions.clinician, {
    pseudonym: `S-${cases}`,
    seeds: [cases],
  });
  const [imageId = ''] = imageIds;
  const seen = await analyse(portal(), imageId, { Benign: 0.1, Early: 0.1, Pre: 0.1, Pro: 0.7 });
  await clinician().reviews.record({ imageId, seen, correction: reading });
  return { caseId, imageId, seen, pseudonym: `S-${cases}` };
}
const recordOf = async (caseId: string, caller = clinician) =>
  (await caller().cases.detail({ caseId })).signing.record ?? '';
const sign = async (caseId: string, change: { password?: string; record?: string } = {}) =>
  clinician().signatures.sign({
    caseId,
    meaning: 'reviewed',
    record: await recordOf(caseId),
    password: PASSWORD,
    ...change,
  });

describe('signing a case (R5)', () => {
  beforeAll(() => putModelIntoService(portal()));

  it('has nothing to sign before every field is read', async () => {
    const { caseId } = await submit(portal(), portal().sessions.clinician, { pseudonym: 'S-0', seeds: [99] });
    expect((await clinician().cases.detail({ caseId })).signing).toEqual({ signatures: [], record: null });
    await expect(sign(caseId, { record: 'a'.repeat(64) })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('asks for the password, and shows name, role, time and meaning to everybody', async () => {
    const { caseId, pseudonym } = await readCase();
    await expect(sign(caseId, { password: 'not mine' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await clinician().cases.detail({ caseId })).signing.signatures).toEqual([]);
    const { signing } = await sign(caseId);
    expect(signing.signatures).toMatchObject([
      { name: 'Clara', role: 'clinician', meaning: 'reviewed', state: 'valid' },
    ]);
    expect(Date.now() - Date.parse(signing.signatures[0]?.signedAt ?? '')).toBeLessThan(10_000);
    expect((await senior().cases.detail({ caseId })).signing.signatures).toEqual(signing.signatures);
    expect((await senior().cases.worklist({ search: pseudonym })).rows).toMatchObject([
      { signOff: 'signed' },
    ]);
  });

  it('is signed for what the signer was shown only', async () => {
    const { caseId, imageId, seen } = await readCase();
    const record = await recordOf(caseId);
    await senior().reviews.record({ imageId, seen, correction: reading });
    await expect(sign(caseId, { record })).rejects.toMatchObject({ code: 'CONFLICT' });
    await sign(caseId);
  });

  it('shows a reading that was added, and is found by it', async () => {
    const { caseId, imageId, seen, pseudonym } = await readCase();
    await sign(caseId);
    const { signing } = await senior().reviews.record({
      imageId,
      seen,
      correction: { ...reading, stage: 'Pre' },
    });
    expect(signing.signatures).toMatchObject([{ state: 'changed' }]);
    const found = async (signOff: 'signed' | 'changed') =>
      (await senior().cases.worklist({ signOff, search: pseudonym })).rows.length;
    expect([await found('signed'), await found('changed')]).toEqual([0, 1]);
    expect(await senior().cases.counts({ signOff: 'changed', search: pseudonym })).toMatchObject({ all: 1 });
  });

  it('covers the result that stood on the screen, and with the AI off none', async () => {
    const admin = portal().as(portal().sessions.admin);
    const [shown, hidden] = [await readCase(), await readCase()];
    await sign(shown.caseId);
    const withResult = await recordOf(hidden.caseId);
    await admin.settings.setAi({ enabled: false, reason: 'for the test' });
    expect(await recordOf(hidden.caseId)).not.toBe(withResult);
    await admin.settings.setAi({ enabled: true, reason: 'for the test' });
    await portal().tamper('alter table analyses disable trigger user');
    await portal().tamper(`update analyses set calibration = 'altered'`);
    await portal().tamper('alter table analyses enable trigger user');
    const { signing } = await clinician().cases.detail({ caseId: shown.caseId });
    expect(signing.signatures).toMatchObject([{ state: 'changed' }]);
  });

  it('lets a senior alone approve', async () => {
    const { caseId } = await readCase();
    const approve = async (caller: typeof clinician) =>
      caller().signatures.sign({
        caseId,
        meaning: 'approved',
        record: await recordOf(caseId, caller),
        password: PASSWORD,
      });
    await expect(approve(clinician)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await approve(senior)).signing.signatures).toMatchObject([
      { name: 'Simon', meaning: 'approved' },
    ]);
  });
});
