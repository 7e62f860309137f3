import { createSession, listAudit, type Session } from '@blastwise/db';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { maskImage, originalImage, thumbnailImage } from '../images/service.ts';
import { Thumbnails } from '../images/thumbnails.ts';
import { analyse, picture, putModelIntoService, submit } from '../testing/fields.ts';
import { withTestPortal } from '../testing/portal.ts';
import { readBody } from '../uploads/read-body.ts';
import { uploadAcceptedSchema } from '../uploads/schemas.ts';
import { acceptUpload } from '../uploads/service.ts';
import { privateImage, privateJson, route } from './route.ts';

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
    async ({ services, params }) => privateImage(await maskImage(services, params.id), 'image/png'),
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

let imageId = '';
beforeAll(async () => {
  await putModelIntoService(portal());
  const { imageIds } = await submit(portal(), portal().sessions.clinician, { pseudonym: 'P-1', seeds: [1] });
  imageId = imageIds[0] ?? '';
  await analyse(portal(), imageId, { Benign: 0.1, Early: 0.7, Pre: 0.1, Pro: 0.1 });
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

it('shows no mask while the AI is off, and records who looked at the pixels', async () => {
  const admin = portal().as(portal().sessions.admin);
  await admin.settings.setAi({ enabled: false, reason: 'comparison without' });
  expect((await get('mask', portal().sessions.clinician)).status).toBe(404);
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
    ['zero bytes', '', 400, 'IMAGE_EMPTY'],
    ['a text named .jpg', 'Smear of patient 12', 400, 'NOT_AN_IMAGE'],
    ['a GIF', 'GIF89a....', 415, 'IMAGE_UNSUPPORTED'],
  ])('refuses %s in one sentence', async (_, body, status, code) => {
    const response = await post(body, portal().sessions.clinician);
    expect(response.status).toBe(status);
    const answer = await response.json();
    expect(answer).toMatchObject({ error: { code } });
    expect(JSON.stringify(answer)).not.toContain('patient');
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
