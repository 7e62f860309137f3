import type { StageProbabilities } from '@blastwise/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { analyse, putModelIntoService, submit } from '../testing/fields.ts';
import { withTestPortal } from '../testing/portal.ts';

const portal = withTestPortal();
const clinician = () => portal().as(portal().sessions.clinician);
const senior = () => portal().as(portal().sessions.senior);
const admin = () => portal().as(portal().sessions.admin);
beforeAll(() => putModelIntoService(portal()));

/** Called Benign 3.6 and referred at 2.5. */
const DOUBTFUL = { Benign: 0.64, Early: 0.36, Pre: 0, Pro: 0 };
/** Called Benign 0.5. */
const CLEAR = { Benign: 0.95, Early: 0.05, Pre: 0, Pro: 0 };
const asked = { first: 'Benign', second: 'Early' };
const reading = {
  stage: 'Early',
  certainty: 'sure',
  confirmedBy: 'morphology',
  severity: 'none',
  comment: '',
} as const;

let seed = 1200;
async function field(probabilities: StageProbabilities = DOUBTFUL, assessable = true) {
  seed += 1;
  const { caseId, imageIds } = await submit(portal(), portal().sessions.clinician, {
    pseudonym: `C-${seed}`,
    seeds: [seed],
  });
  const [imageId = ''] = imageIds;
  const seen = await analyse(portal(), imageId, probabilities, { analysis: { assessable } });
  return { caseId, imageId, seen };
}
type Asked = Awaited<ReturnType<typeof field>>;

const read = ({ imageId, seen }: Asked, by = clinician) =>
  by().reviews.record({ imageId, seen, correction: reading });
const choose = ({ imageId, seen }: Asked, answer: 'first' | 'second' | 'withdrawn', by = clinician) =>
  by().reviews.choose({ imageId, decisionId: seen.decisionId, answer });
const choiceOf = async ({ caseId }: Asked, by = clinician) =>
  (await by().cases.detail({ caseId })).fields[0]?.choice;

describe('a choice under doubt', () => {
  it('is asked only of who has read the field, and answered by nobody else', async () => {
    const one = await field();
    expect(await choiceOf(one)).toBeNull();
    await expect(choose(one, 'first')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const { fields } = await read(one);
    expect(fields[0]?.choice).toEqual({ ...asked, answer: null });
    for (const other of [senior, admin]) expect(await choiceOf(one, other)).toBeNull();
    await expect(choose(one, 'first', senior)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it.each([
    { name: 'a clear field', probabilities: CLEAR, assessable: true },
    { name: 'a field that cannot be assessed', probabilities: DOUBTFUL, assessable: false },
  ])('is not asked of $name', async ({ probabilities, assessable }) => {
    const one = await field(probabilities, assessable);
    await read(one);
    expect(await choiceOf(one)).toBeNull();
    await expect(choose(one, 'first')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('is answered, changed, taken back once and answered again', async () => {
    const one = await field();
    await read(one);
    expect((await choose(one, 'first')).fields[0]?.choice).toEqual({ ...asked, answer: 'first' });
    await choose(one, 'second');
    expect(await choiceOf(one)).toEqual({ ...asked, answer: 'second' });
    await choose(one, 'withdrawn');
    expect(await choiceOf(one)).toEqual({ ...asked, answer: null });
    await expect(choose(one, 'withdrawn')).rejects.toMatchObject({ code: 'CONFLICT' });
    await choose(one, 'first');
    expect(await choiceOf(one)).toEqual({ ...asked, answer: 'first' });
    await choose(one, 'withdrawn');
  });

  it('is refused on another decision than the one that stands', async () => {
    const one = await field();
    await read(one);
    const other = { ...one, seen: { ...one.seen, decisionId: '01980000-0000-7000-8000-000000000000' } };
    await expect(choose(other, 'first')).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('is hidden with the AI off (R12)', async () => {
    const one = await field();
    await read(one);
    await choose(one, 'first');
    await admin().settings.setAi({ enabled: false, reason: 'reading without it' });
    try {
      expect(await choiceOf(one)).toBeNull();
      await expect(choose(one, 'second')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    } finally {
      await admin().settings.setAi({ enabled: true, reason: 'back to normal' });
    }
    await choose(one, 'withdrawn');
  });

  it('is asked in blind review once the reader has read (R13)', async () => {
    await admin().settings.setBlindShare({ share: 1, reason: 'this case' });
    const one = await field();
    await admin().settings.setBlindShare({ share: 0, reason: 'no more of them' });
    expect(await choiceOf(one)).toBeNull();
    await read(one);
    expect(await choiceOf(one)).toEqual({ ...asked, answer: null });
    expect(await choiceOf(one, senior)).toBeNull();
  });
});

describe('costs from choices', () => {
  it('stand beside those from severities and move none of them', async () => {
    const before = await admin().costs.learned({});
    expect(before.choices).toEqual({ answers: 0, withoutPreference: 0, readers: 0, foretold: null });
    expect(before.cells.every(({ chosen }) => chosen === null)).toBe(true);

    const even = await field({ Benign: 0.5, Early: 0.5, Pre: 0, Pro: 0 });
    await read(even);
    await choose(even, 'second');
    const after = await admin().costs.learned({});
    expect(after.choices).toMatchObject({
      answers: 1,
      withoutPreference: 0,
      readers: 1,
      foretold: { of: 1 },
    });
    expect(after.costs).toEqual(before.costs);
    const cellOf = (actual: string, predicted: string) =>
      after.cells.find((cell) => cell.actual === actual && cell.predicted === predicted);
    // Rather called Early: t (1 + exp(t / 2)) = 6.25, so missing it costs 1.804 more and a false alarm as much less.
    expect(cellOf('Early', 'Benign')?.chosen?.cost).toBeCloseTo(11.804, 3);
    expect(cellOf('Benign', 'Early')?.chosen?.cost).toBeCloseTo(8.196, 3);
    expect(cellOf('Early', 'Benign')?.proposed).toBe(10);
    expect(after.cells.filter(({ chosen }) => chosen).length).toBe(2);
  });
});
