import { request } from 'playwright-core';
import { z } from 'zod';
import type { Demo } from './product.ts';

const csrfSchema = z.object({ csrfToken: z.string() });
const answerSchema = z.object({
  result: z.object({ data: z.unknown() }).optional(),
  error: z.object({ message: z.string() }).optional(),
});

export interface Answer {
  readonly status: number;
  readonly data: unknown;
  /** What a refusal says; empty where there is none. */
  readonly message: string;
}

/** Somebody who is signed in and calls procedures without a browser. */
export interface Session {
  call(procedure: string, input?: unknown): Promise<Answer>;
  end(): Promise<void>;
}

export async function openSession(
  url: string,
  { email, password }: Demo['accounts'][number],
): Promise<Session> {
  const context = await request.newContext({ baseURL: url, extraHTTPHeaders: { origin: url } });
  const { csrfToken } = csrfSchema.parse(await (await context.get('/api/auth/csrf')).json());
  const form = { csrfToken, email, password, json: 'true' };
  const entered = await context.post('/api/auth/callback/credentials', { form, maxRedirects: 0 });
  if (entered.status() >= 400) throw new Error(`The sign-in was answered with ${entered.status()}.`);
  return {
    async call(procedure, input) {
      const path = `/api/trpc/${procedure}`;
      const response = await context.post(path, {
        ...(input === undefined ? {} : { data: JSON.stringify(input) }),
        headers: { 'content-type': 'application/json' },
        timeout: 60_000,
      });
      const { result, error } = answerSchema.parse(await response.json());
      return { status: response.status(), data: result?.data, message: error?.message ?? '' };
    },
    end: () => context.dispose(),
  };
}
