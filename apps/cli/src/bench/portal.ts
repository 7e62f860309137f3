import { existsSync } from 'node:fs';
import { DomainError } from '@blastwise/contracts';
import { median, type Timing } from '@blastwise/model';
import { z } from 'zod';
import { readKept } from '../start/kept-json.ts';

const demoSchema = z.object({
  url: z.string(),
  accounts: z.array(z.object({ email: z.string(), password: z.string(), role: z.string() })),
});
const csrfSchema = z.object({ csrfToken: z.string() });
const uploadSchema = z.object({ receipt: z.string() });
const submittedSchema = z.object({ result: z.object({ data: z.object({ caseId: z.string() }) }) });
const detailSchema = z.object({
  result: z.object({
    data: z.object({
      fields: z.array(z.object({ imageId: z.string(), status: z.string(), blind: z.boolean() })),
    }),
  }),
});

const POLL_MS = 20;
const PATIENCE_MS = 60_000;

/** A signed-in clinician over plain HTTP, as a browser would be. */
class Clinician {
  readonly #url: string;
  readonly #cookies = new Map<string, string>();

  constructor(url: string) {
    this.#url = url.replace(/\/$/, '');
  }

  async signIn(email: string, password: string): Promise<void> {
    const { csrfToken } = csrfSchema.parse(await (await this.#fetch('/api/auth/csrf')).json());
    const form = new URLSearchParams({ csrfToken, email, password, json: 'true' });
    await this.#fetch('/api/auth/callback/credentials', { method: 'POST', body: form });
    if (![...this.#cookies.keys()].some((name) => name.endsWith('blastwise.session')))
      throw new DomainError('UNAUTHENTICATED', `The portal at ${this.#url} refused the demo sign-in.`);
  }

  /**
   * Uploads a field, submits it as a case, and waits until its result and its mask have arrived. False where chance sent the
   * case to blind review, so that nothing of the result is shown.
   */
  async submitAndSee(field: Uint8Array): Promise<boolean> {
    const upload = await this.#fetch('/api/uploads', {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: Uint8Array.from(field),
    });
    const { receipt } = uploadSchema.parse(await upload.json());
    const input = {
      pseudonym: 'BENCH',
      note: 'Generated field, submitted by blastwise bench.',
      uploads: [receipt],
    };
    const { caseId } = submittedSchema.parse(await this.#call('cases.submit', input)).result.data;
    const deadline = Date.now() + PATIENCE_MS;
    while (Date.now() < deadline) {
      const { fields } = detailSchema.parse(await this.#call('cases.detail', { caseId })).result.data;
      const field = fields[0];
      if (field?.blind) return false;
      if (field && field.status !== 'queued') {
        if (field.status === 'failed')
          throw new DomainError('UNAVAILABLE', 'The portal could not analyse the field.');
        await (await this.#fetch(`/api/images/${field.imageId}/mask`)).arrayBuffer();
        return true;
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    throw new DomainError('UNAVAILABLE', 'The portal showed no result within a minute.');
  }

  async #call(procedure: string, input: unknown): Promise<unknown> {
    const response = await this.#fetch(`/api/trpc/${procedure}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    return response.json();
  }

  async #fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('origin', this.#url);
    headers.set('cookie', [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(`${this.#url}${path}`, { ...init, headers, redirect: 'manual' }).catch(
      (cause: unknown) => {
        throw new DomainError('UNAVAILABLE', `No portal answers at ${this.#url}.`, { cause });
      },
    );
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    if (response.status >= 400)
      throw new DomainError('UNAVAILABLE', `The portal answered ${path} with status ${response.status}.`);
    return response;
  }
}

const ANSWERS_WITHIN_MS = 2_000;

/** Address of the portal whose start wrote `demoFile`; null where there is no such file or it does not answer. */
export async function runningPortal(demoFile: string): Promise<string | null> {
  if (!existsSync(demoFile)) return null;
  const { url } = readKept(demoFile, demoSchema);
  return fetch(`${url}/api/health`, { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) }).then(
    ({ ok }) => (ok ? url : null),
    () => null,
  );
}

/** Cases that are submitted at most for each that is seen: of all but the highest blind shares one is soon seen. */
const MOST_TRIES = 20;

/**
 * From the start of an upload to the result and its mask in hand, in milliseconds, over `runs` cases of one field and one more
 * before them. `draw` makes a field that nobody has submitted. Cases that chance sent to blind review are left out.
 * @throws DomainError UNAVAILABLE where every case goes there.
 */
export async function timePortal(
  url: string,
  demoFile: string,
  { draw, runs }: { draw: () => Promise<Uint8Array>; runs: number },
): Promise<Timing> {
  if (!existsSync(demoFile)) throw new DomainError('NOT_FOUND', `There are no demo sign-ins at ${demoFile}.`);
  const account = readKept(demoFile, demoSchema).accounts.find(({ role }) => role === 'clinician');
  if (!account) throw new DomainError('NOT_FOUND', `No clinician is among the demo sign-ins of ${demoFile}.`);
  const clinician = new Clinician(url);
  await clinician.signIn(account.email, account.password);
  const times: number[] = [];
  for (let tries = 0; times.length <= runs; tries++) {
    if (tries === MOST_TRIES * (runs + 1))
      throw new DomainError('UNAVAILABLE', 'Every case went to blind review: set its share lower first.');
    const field = await draw();
    const started = performance.now();
    if (await clinician.submitAndSee(field)) times.push(performance.now() - started);
  }
  return { median: median(times.slice(1)), runs };
}
