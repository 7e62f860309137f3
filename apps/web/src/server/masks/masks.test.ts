import { errorBodySchema } from '@blastwise/contracts';
import type { Session } from '@blastwise/db';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { privateImage, privateJson, route } from '../http/route.ts';
import { analyse, picture, putModelIntoService, submit } from '../testing/fields.ts';
import { withTestPortal } from '../testing/portal.ts';
import { readBody } from '../uploads/read-body.ts';
import { acceptUpload } from '../uploads/service.ts';
import { type EditedMasksInput, maskAcceptedSchema } from './schemas.ts';
import { acceptMask, editedMask } from './service.ts';

const portal = withTestPortal();
const open = () => portal().services;
const { clinician, senior, admin } = {
  clinician: () => portal().sessions.clinician,
  senior: () => portal().sessions.senior,
  admin: () => portal().sessions.admin,
};

const accept = route<{ id: string }>(
  { name: 'masks.accept', roles: ['clinician', 'senior'] },
  async ({ request, services, session, params }) =>
    privateJson(await acceptMask(services, session, { imageId: params.id, file: await readBody(request) })),
  open,
);
const show = route<{ id: string; layer: string }>(
  { name: 'masks.edited' },
  async ({ services, session, params }) =>
    privateImage(await editedMask(services, session, params.id, params.layer), 'image/png'),
  open,
);

/** White where `inside` says so, on 16 x 16 unless told. */
const drawing = (inside: (i: number) => boolean, edge = 16) =>
  sharp(Buffer.from(Array.from({ length: edge * edge }, (_, i) => (inside(i) ? 255 : 0))), {
    raw: { width: edge, height: edge, channels: 1 },
  })
    .png()
    .toBuffer();
const LEFT = await drawing((i) => i % 16 < 8);
const TOP = await drawing((i) => i < 128);

const EARLY = { Benign: 0.05, Early: 0.85, Pre: 0.05, Pro: 0.05 };
const reading = {
  stage: 'Early',
  certainty: 'sure',
  confirmedBy: 'morphology',
  severity: 'none',
  comment: '',
} as const;

let seed = 500;
async function field() {
  seed += 1;
  const { caseId, imageIds } = await submit(portal(), clinician(), { pseudonym: `M-${seed}`, seeds: [seed] });
  return { caseId, imageId: imageIds[0] ?? '' };
}

async function post(imageId: string, body: Uint8Array, session: Session | null, origin?: string | null) {
  const request = await portal().request(`/api/images/${imageId}/edited`, session, {
    method: 'POST',
    body: new Uint8Array(body),
    ...(origin === undefined ? {} : { origin }),
  });
  return accept(request, { params: Promise.resolve({ id: imageId }) });
}
const receiptOf = async (imageId: string, body: Uint8Array, session = clinician()) =>
  maskAcceptedSchema.parse(await (await post(imageId, body, session)).json()).receipt;

const read = async (
  session: Session,
  imageId: string,
  masks: EditedMasksInput,
  seen: { analysisId: string; decisionId: string } | null = null,
) => {
  const detail = await portal().as(session).reviews.record({ imageId, seen, correction: reading, masks });
  return detail.fields[0]?.corrections[0] ?? { id: '', masks: null };
};

const look = async (id: string, layer: string, session: Session | null = admin()) =>
  show(await portal().request(`/api/readings/${id}/${layer}`, session, { origin: null }), {
    params: Promise.resolve({ id, layer }),
  });
async function pixels(id: string, layer: string): Promise<Buffer> {
  const png = Buffer.from(await (await look(id, layer)).arrayBuffer());
  return sharp(png).toColourspace('b-w').raw().toBuffer();
}
const pixelsOf = (png: Buffer) => sharp(png).toColourspace('b-w').raw().toBuffer();

beforeAll(() => putModelIntoService(portal()));

describe('an edited mask', () => {
  it('belongs to a reading, stays with the next one, and the earlier ones are kept', async () => {
    const { imageId } = await field();
    const seen = await analyse(portal(), imageId, EARLY);
    const plain = await read(senior(), imageId, {}, seen);
    expect(plain.masks).toEqual({ mask: false, nucleus: false });
    const first = await read(clinician(), imageId, { mask: await receiptOf(imageId, LEFT) }, seen);
    expect(first.masks).toEqual({ mask: true, nucleus: false });
    const second = await read(clinician(), imageId, { nucleus: await receiptOf(imageId, TOP) }, seen);
    expect(second.masks).toEqual({ mask: true, nucleus: true });
    const third = await read(clinician(), imageId, { mask: null }, seen);
    expect(third.masks).toEqual({ mask: false, nucleus: true });

    expect(await pixels(first.id, 'mask')).toEqual(await pixelsOf(LEFT));
    expect(await pixels(second.id, 'mask')).toEqual(await pixelsOf(LEFT));
    expect(await pixels(third.id, 'nucleus')).toEqual(await pixelsOf(TOP));
    expect((await look(third.id, 'mask')).status).toBe(404);
    const history = await portal().as(admin()).reviews.history({ imageId });
    expect(history.map(({ masks }) => masks.mask)).toEqual([false, true, true, false]);
    expect(JSON.stringify(history)).not.toMatch(/sha256/i);
  });

  it('survives the day after which uploads are thrown away', async () => {
    const { imageId } = await field();
    const { id } = await read(clinician(), imageId, { mask: await receiptOf(imageId, LEFT) });
    await open().uploads.sweep(new Date(Date.now() + 60_000));
    expect((await look(id, 'mask')).status).toBe(200);
  });

  it('is recorded with its reading or not at all', async () => {
    const { imageId } = await field();
    const receipt = await receiptOf(imageId, await drawing((i) => i === 77));
    await open().uploads.sweep(new Date(Date.now() + 60_000));
    await expect(read(clinician(), imageId, { mask: receipt })).rejects.toMatchObject({
      message: 'An upload is no longer there; upload it again.',
    });
    expect(await portal().as(admin()).reviews.history({ imageId })).toEqual([]);
  });

  it('is not shown with the AI off, unless it was drawn without it (R12)', async () => {
    const [one, two] = [await field(), await field()];
    const seen = await analyse(portal(), one.imageId, EARLY);
    const begun = await read(clinician(), one.imageId, { mask: await receiptOf(one.imageId, LEFT) }, seen);
    const own = await read(clinician(), two.imageId, { mask: await receiptOf(two.imageId, LEFT) });
    await portal().as(admin()).settings.setAi({ enabled: false, reason: 'reading without it' });
    try {
      expect((await look(begun.id, 'mask')).status).toBe(404);
      expect((await look(own.id, 'mask')).status).toBe(200);
      const { fields } = await portal().as(senior()).cases.detail({ caseId: one.caseId });
      expect(fields[0]?.corrections[0]?.masks).toEqual({ mask: false, nucleus: false });
    } finally {
      await portal().as(admin()).settings.setAi({ enabled: true, reason: 'back to normal' });
    }
  });

  it.each(['nonsense', '01980000-0000-7000-8000-000000000000'])('is not found for %s', async (id) => {
    expect((await look(id, 'mask')).status).toBe(404);
  });

  it('is shown to the signed-in, as what it is and nothing else', async () => {
    const { imageId } = await field();
    const { id } = await read(clinician(), imageId, { mask: await receiptOf(imageId, LEFT) });
    const response = await look(id, 'mask', senior());
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
    expect((await look(id, 'masksFromResult')).status).toBe(404);
    expect((await look(id, 'mask', null)).status).toBe(401);
  });
});

describe('refused', () => {
  it.each<[string, () => Promise<Uint8Array>, number, string]>([
    ['another size', () => drawing(() => true, 17), 400, 'The mask has 17 x 17 pixels, its field 16 x 16;'],
    ['a photograph', () => picture(1), 400, 'A mask holds black and white alone; draw it in the viewer.'],
    ['no picture', async () => Buffer.from('Smear of patient 12'), 400, ''],
    ['zero bytes', async () => Buffer.alloc(0), 400, ''],
    ['more than 25 MB', async () => Buffer.alloc(25 * 1024 * 1024 + 1), 413, 'The file is over 25 MB.'],
  ])('%s, in one sentence', async (_, body, status, sentence) => {
    const { imageId } = await field();
    const response = await post(imageId, await body(), clinician());
    expect(response.status).toBe(status);
    const { message } = errorBodySchema.parse(await response.json()).error;
    expect(message).toContain(sentence);
    expect(message).not.toContain('patient');
  });

  it.each([
    ['nobody', null, undefined, 401],
    ['an admin', admin, undefined, 403],
    ['a clinician on another site', clinician, 'https://evil.example', 403],
  ] as const)('%s', async (_, who, origin, status) => {
    const { imageId } = await field();
    expect((await post(imageId, LEFT, who === null ? null : who(), origin)).status).toBe(status);
  });

  it.each(['nonsense', '01980000-0000-7000-8000-000000000000'])('a mask of the field %s', async (id) => {
    expect((await post(id, LEFT, clinician())).status).toBe(404);
  });

  it('what is not the own mask of this field', async () => {
    const [one, two] = [await field(), await field()];
    const receipt = await receiptOf(one.imageId, LEFT);
    const unknown = { message: 'An upload could not be recognised; upload it again.' };
    await expect(read(clinician(), two.imageId, { mask: receipt })).rejects.toMatchObject(unknown);
    await expect(read(senior(), one.imageId, { mask: receipt })).rejects.toMatchObject({
      message: 'An upload belongs to somebody else.',
    });
    const { receipt: photograph } = await acceptUpload(open(), clinician(), await picture(9));
    await expect(read(clinician(), one.imageId, { mask: photograph })).rejects.toMatchObject(unknown);
  });
});
