import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

const CLIENT = { id: 'blastwise', secret: 'the secret of the journeys' };

/** A hospital's sign-on as small as it can be: whoever names an e-mail address is believed. */
export interface OpenidProvider {
  readonly name: string;
  /** What `npm start` must be told. */
  readonly env: Readonly<Record<string, string>>;
  /** Stands in every ID token in the place of what is true. */
  forged: Readonly<Record<string, unknown>>;
  stop(): Promise<void>;
}

interface Grant {
  readonly nonce: string | null;
  readonly challenge: string | null;
  readonly redirect: string;
  readonly email: string;
  /** When its owner was asked, seconds since 1970. */
  readonly askedAt: number;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64url');
const now = (): number => Math.floor(Date.now() / 1000);

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}

const FORM = `<!doctype html><html lang="en"><title>Sign on</title><form method="post">
<label>Hospital e-mail <input name="email" autofocus></label> <button>Continue</button></form></html>`;

function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** OpenID Connect: discovery, the authorization code flow with PKCE, and RS256. */
export async function startOpenidProvider(): Promise<OpenidProvider> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const grants = new Map<string, Grant>();
  let lastAsked = 0;
  const server = createServer((request, response) => {
    answer(request, response).catch(() => json(response, { error: 'server_error' }, 500));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const issuer = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const provider: OpenidProvider = {
    name: 'Example Hospital',
    env: {
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: CLIENT.id,
      OIDC_CLIENT_SECRET: CLIENT.secret,
      OIDC_NAME: 'Example Hospital',
    },
    forged: {},
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  function idToken({ email, nonce, askedAt }: Grant): string {
    const claims = {
      ...{ iss: issuer, aud: CLIENT.id, sub: createHash('sha256').update(email).digest('hex') },
      ...{ iat: now(), exp: now() + 300, auth_time: askedAt, nonce, email, email_verified: true },
      ...provider.forged,
    };
    const signed = `${base64(JSON.stringify({ alg: 'RS256', kid: 'one' }))}.${base64(JSON.stringify(claims))}`;
    return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`;
  }

  /** Asks who it is, or knows by a cookie, and leads back with a code. */
  async function authorize(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const [, known, knownAt] = /hospital=([^;.]*)\.(\d+)/.exec(request.headers.cookie ?? '') ?? [];
    const asked = request.method === 'POST' ? (await formOf(request)).get('email') : null;
    const mustAsk = known === undefined || url.searchParams.get('prompt') === 'login';
    if (asked === null && mustAsk) {
      response.writeHead(200, { 'content-type': 'text/html' }).end(FORM);
      return;
    }
    // Two people asked within one second are still asked one after the other.
    if (asked !== null) lastAsked = Math.max(now(), lastAsked + 1);
    const email = asked ?? Buffer.from(known ?? '', 'base64url').toString();
    const askedAt = asked === null ? Number(knownAt) : lastAsked;
    const code = randomUUID();
    const redirect = url.searchParams.get('redirect_uri') ?? '';
    const challenge = url.searchParams.get('code_challenge');
    grants.set(code, { nonce: url.searchParams.get('nonce'), challenge, redirect, email, askedAt });
    const back = new URL(redirect);
    back.search = new URLSearchParams({ code, state: url.searchParams.get('state') ?? '' }).toString();
    const cookie = `hospital=${base64(email)}.${askedAt}; HttpOnly; Path=/authorize`;
    response.writeHead(303, { location: back.href, 'set-cookie': cookie }).end();
  }

  /** Gives the ID token for a code, once, to the client that has its secret and the verifier. */
  async function token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = await formOf(request);
    const grant = grants.get(form.get('code') ?? '');
    grants.delete(form.get('code') ?? '');
    const basic = Buffer.from(`${CLIENT.id}:${encodeURIComponent(CLIENT.secret).replaceAll('%20', '+')}`);
    if (request.headers.authorization !== `Basic ${basic.toString('base64')}`)
      return json(response, { error: 'invalid_client' }, 401);
    const verified = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!grant || grant.challenge !== verified || grant.redirect !== form.get('redirect_uri'))
      return json(response, { error: 'invalid_grant' }, 400);
    json(response, { access_token: randomUUID(), token_type: 'Bearer', id_token: idToken(grant) });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer);
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return json(response, {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
        });
      case '/keys':
        return json(response, {
          keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }],
        });
      case '/authorize':
        return authorize(request, response, url);
      case '/token':
        return token(request, response);
      default:
        return json(response, { error: 'not_found' }, 404);
    }
  }
  return provider;
}
