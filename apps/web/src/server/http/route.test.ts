import { crc32 } from 'node:zlib';
import { createSession, listAudit, type Session } from '@blastwise/db';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { layerImage, originalImage, thumbnailImage } from '../images/service.ts';
import { Thumbnails } from '../images/thumbnails.ts';
import { modelPlot } from '../models/service.ts';
import { analyse, MODEL, picture, putModelIntoService, submit } from '../testing/fields.ts';
import { withTestPortal } from '../testing/portal.ts';
import { readBody } from '../uploads/read-body.ts';
import { uploadAcceptedSchema } from '../uploads/schemas.ts';
import { acceptUpload } from '../uploads/service.ts';
import { privateDrawing, privateImage, privateJson, route } from './route.ts';

const portal = withTestPortal();
const open = () => portal().services;
const thumbnails = new Thumbnails();

const IMAGE_ROUTES = {
  original: route<{ id: string }>(
    { name: 'images.original' },
    async ({ services, session, params }) =>
      privateImage(await originalImage(services, session, params.id), 'image/png'),
    open,
  ),
  mask: route<{ id: string }>(
    { name: 'images.mask' },
    async ({ services, session, params }) =>
      privateImage(await layerImage(services, session, params.id, 'mask'), 'image/png'),
    open,
  ),
  nucleus: route<{ id: string }>(
    { name: 'images.nucleus' },
    async ({ services, session, params }) =>
      privateImage(await layerImage(services, session, params.id, 'nucleus'), 'image/png'),
    open,
  ),
  heatmap: route<{ id: string }>(
    { name: 'images.heatmap' },
    async ({ services, session, params }) =>
      privateImage(await layerImage(services, session, params.id, { heatmapOf: 'Pre' }), 'image/png'),
    open,
  ),
  thumbnail: route<{ id: string }>(
    { name: 'images.thumbnail' },
    async ({ services, session, params }) =>
      privateImage(await thumbnailImage(services, session, params.id, thumbnails), 'image/webp'),
    open,
  ),
} as const;
const upload = route(
  { name: 'uploads.accept', roles: ['clinician', 'senior'] },
  async ({ request, services, session }) =>
    privateJson(await acceptUpload(services, session, await readBody(request))),
  open,
);

const half = (file: Uint8Array) => new Uint8Array(file.slice(0, file.length / 2));

/** A small PNG file whose header claims more than is read. */
const hugePng = async () => {
  const file = new Uint8Array(
    await sharp({ create: { width: 1, height: 1, channels: 3, background: 'white' } })
      .png()
      .toBuffer(),
  );
  const [header, view] = [file.subarray(12, 29), new DataView(file.buffer)];
  view.setUint32(16, 20_000);
  view.setUint32(20, 20_000);
  view.setUint32(29, crc32(header));
  return file;
};

let imageId = '';
beforeAll(async () => {
  await putModelIntoService(portal());
  const { imageIds } = await submit(portal(), portal().sessions.clinician, { pseudonym: 'P-1', seeds: [1] });
  imageId = imageIds[0] ?? '';
  await analyse(portal(), imageId, { Benign: 0.1, Early: 0.7, Pre: 0.1, Pro: 0.1 }, { layers: true });
});

const get = async (name: keyof typeof IMAGE_ROUTES, session: Session | null, id = imageId) =>
  IMAGE_ROUTES[name](await portal().request(`/api/images/${id}`, session, { origin: null }), {
    params: Promise.resolve({ id }),
  });

describe.each(Object.keys(IMAGE_ROUTES) as (keyof typeof IMAGE_ROUTES)[])('image route %s', (name) => {
  it('serves the signed-in, privately', async () => {
    const response = await get(name, portal().sessions.admin);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const { format } = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
    expect(format).toBe(name === 'thumbnail' ? 'webp' : 'png');
  });

  it('gives 401 to nobody, and to a replayed cookie', async () => {
    expect((await get(name, null)).status).toBe(401);
    const session = await createSession(open().db, portal().users.clinician.id);
    expect((await get(name, session)).status).toBe(200);
    await portal().tamper(`update sessions set revoked_at = now() where id = '${session.id}'`);
    expect((await get(name, session)).status).toBe(401);
    const [refused] = await listAudit(open().db, { limit: 1, action: 'call.refuse' });
    expect(refused).toMatchObject({ subjectId: `images.${name}` });
  });

  it.each(['01980000-0000-7000-8000-000000000000', 'nonsense', '../../etc/passwd'])(
    'gives 404 for %s',
    async (id) => {
      const response = await get(name, portal().sessions.senior, id);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ error: { code: 'NOT_FOUND' } });
    },
  );
});

it('gives the heatmap of the stage asked for, and none of what is no stage', async () => {
  const red = async (heatmapOf: string) => {
    const png = await layerImage(open(), portal().sessions.clinician, imageId, { heatmapOf });
    return (await sharp(png).raw().toBuffer())[0];
  };
  expect([await red('Benign'), await red('Pro')]).toEqual([0x11, 0x44]);
  await expect(red('toString')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('gives 404 for the layers of a model that draws none', async () => {
  const { imageIds } = await submit(portal(), portal().sessions.clinician, { pseudonym: 'P-2', seeds: [3] });
  const [plain = ''] = imageIds;
  await analyse(portal(), plain, { Benign: 0.1, Early: 0.7, Pre: 0.1, Pro: 0.1 });
  for (const name of ['nucleus', 'heatmap'] as const) {
    expect((await get(name, portal().sessions.clinician, plain)).status).toBe(404);
  }
  expect((await get('mask', portal().sessions.clinician, plain)).status).toBe(200);
});

it('serves a model’s plots to admins, as drawings that can run nothing', async () => {
  const plot = route<{ digest: string; name: string }>(
    { name: 'models.plot', roles: ['admin'] },
    async ({ services, params }) => privateDrawing(await modelPlot(services, params)),
    open,
  );
  const ask = async (session: Session, name: string) =>
    plot(await portal().request('/api/models/x', session, { origin: null }), {
      params: Promise.resolve({ digest: MODEL.digest, name }),
    });
  const { admin, clinician } = portal().sessions;
  const drawn = await ask(admin, 'history.svg');
  expect(await drawn.text()).toBe('<svg/>');
  expect(drawn.headers.get('content-security-policy')).toContain('sandbox');
  expect((await ask(admin, 'nothing.svg')).status).toBe(404);
  expect((await ask(clinician, 'history.svg')).status).toBe(403);
});

it('shows no layer while the AI is off, and records who looked at the pixels', async () => {
  const admin = portal().as(portal().sessions.admin);
  await admin.settings.setAi({ enabled: false, reason: 'comparison without' });
  for (const name of ['mask', 'nucleus', 'heatmap'] as const) {
    expect((await get(name, portal().sessions.clinician)).status).toBe(404);
  }
  await admin.settings.setAi({ enabled: true, reason: 'comparison done' });
  await get('original', portal().sessions.clinician);
  const reads = await listAudit(open().db, { limit: 20, action: 'patient.read' });
  expect(reads).toContainEqual(
    expect.objectContaining({
      actorId: portal().users.clinician.id,
      subjectKind: 'image',
      subjectId: imageId,
    }),
  );
});

describe('upload route', () => {
  const post = async (
    body: Uint8Array<ArrayBuffer> | string,
    session: Session | null,
    origin?: string | null,
  ) =>
    upload(
      await portal().request('/api/uploads', session, {
        method: 'POST',
        body,
        ...(origin === undefined ? {} : { origin }),
      }),
      { params: Promise.resolve({}) },
    );

  it('answers with a receipt, and warns of the same picture', async () => {
    const response = await post(new Uint8Array(await picture(1)), portal().sessions.senior);
    expect(response.status).toBe(200);
    const accepted = uploadAcceptedSchema.parse(await response.json());
    expect(accepted).toMatchObject({ width: 16, height: 16 });
    expect(accepted.duplicates).toEqual([expect.objectContaining({ imageId })]);
  });

  it.each([
    ['zero bytes', async () => '', 400, 'IMAGE_EMPTY'],
    ['a text named .jpg', async () => 'Smear of patient 12', 400, 'NOT_AN_IMAGE'],
    ['a GIF', async () => 'GIF89a....', 415, 'IMAGE_UNSUPPORTED'],
    ['half a JPEG', async () => half(await picture(3)), 400, 'IMAGE_TRUNCATED'],
    ['a PNG of 20,000 x 20,000', hugePng, 413, 'IMAGE_TOO_LARGE'],
  ])('refuses %s in one sentence, and stores nothing', async (_, body, status, code) => {
    const before = await portal().stored();
    const response = await post(await body(), portal().sessions.clinician);
    expect(response.status).toBe(status);
    const answer = await response.json();
    expect(answer).toMatchObject({ error: { code } });
    expect(JSON.stringify(answer)).not.toContain('patient');
    expect(await portal().stored()).toEqual(before);
  });

  it('takes a photograph that says where it was made, and stores its pixels alone', async () => {
    const GPS = { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 0/1' };
    const located = await sharp(await picture(4))
      .withExif({ IFD3: GPS })
      .jpeg()
      .toBuffer();
    expect((await sharp(located).metadata()).exif).toBeDefined();
    const response = await post(new Uint8Array(located), portal().sessions.clinician);
    const { receipt } = uploadAcceptedSchema.parse(await response.json());
    const submission = { pseudonym: 'P-GPS', note: '', uploads: [receipt] };
    const { imageIds } = await portal().as(portal().sessions.clinician).cases.submit(submission);
    const stored = await originalImage(portal().services, portal().sessions.clinician, imageIds[0] ?? '');
    expect(await sharp(stored).metadata()).toMatchObject({ width: 16, height: 16 });
    expect((await sharp(stored).metadata()).exif).toBeUndefined();
  });

  it.each([
    ['nobody', null, undefined, 401],
    ['an admin', 'admin', undefined, 403],
    ['a clinician on another site', 'clinician', 'https://evil.example', 403],
    ['a clinician without an origin', 'clinician', null, 403],
  ] as const)('refuses %s', async (_, who, origin, status) => {
    const session = who === null ? null : portal().sessions[who];
    const response = await post(new Uint8Array(await picture(2)), session, origin);
    expect(response.status).toBe(status);
  });
});
