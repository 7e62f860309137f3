import { DomainError, type ErrorBody, ROLES, type Role } from '@blastwise/contracts';
import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { recordRefusal } from '../audit/refusals.ts';
import { admit } from '../auth/admission.ts';
import type { ActiveSession } from '../auth/session.ts';
import { type Services, services } from '../services.ts';
import { domainErrorOf, transportCode } from '../trpc/error-shape.ts';
import { contextFromRequest } from './context.ts';

export interface Call<P> {
  request: Request;
  params: P;
  services: Services;
  session: ActiveSession;
}

export interface RouteOptions {
  /** For the log and the audit trail: our name of the route, not its address. */
  name: string;
  roles?: readonly Role[];
}

const PRIVATE = { 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' };

export const privateJson = (body: unknown, status = 200): Response =>
  Response.json(body, { status, headers: PRIVATE });

export const privateImage = (bytes: Uint8Array, type: 'image/png' | 'image/webp'): Response =>
  new Response(Buffer.from(bytes), { headers: { ...PRIVATE, 'content-type': type } });

/** A drawing opened by itself may run nothing and fetch nothing. */
export const privateDrawing = (svg: string): Response =>
  new Response(svg, {
    headers: {
      ...PRIVATE,
      'content-type': 'image/svg+xml',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    },
  });

function refusal(error: DomainError): Response {
  const status = getHTTPStatusCodeFromError(new TRPCError({ code: transportCode(error.code) }));
  const body: ErrorBody = { error: { code: error.code, message: error.message } };
  return privateJson(body, status);
}

/**
 * A route handler with the rules of the procedures: a standing session, a role, our own origin for everything but
 * GET, refusals recorded, errors told in the one shape.
 */
export function route<P>(
  { name, roles = ROLES }: RouteOptions,
  handle: (call: Call<P>) => Promise<Response>,
  open: () => Services = services,
): (request: Request, context: { params: Promise<P> }) => Promise<Response> {
  return async (request, { params }) => {
    try {
      const { services, session, sameOrigin } = await contextFromRequest(request, open());
      try {
        const admitted = admit(session, { roles });
        if (admitted instanceof DomainError) throw admitted;
        if (request.method !== 'GET' && !sameOrigin)
          throw new DomainError('FORBIDDEN', 'This request did not come from the portal.');
        return await handle({ request, params: await params, services, session: admitted });
      } catch (error) {
        await recordRefusal(services, session, name, error);
        throw error;
      }
    } catch (error) {
      return refusal(domainErrorOf(name, error));
    }
  };
}
