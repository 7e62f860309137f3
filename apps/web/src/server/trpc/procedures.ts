import { DomainError, ROLES } from '@blastwise/contracts';
import { getTRPCErrorFromUnknown } from '@trpc/server';
import { recordRefusal } from '../audit/refusals.ts';
import { type Admission, admit } from '../auth/admission.ts';
import { failureOf } from './error-shape.ts';
import { t } from './init.ts';

/**
 * The one place where failures become the transport's and refusals are recorded, whoever refuses; what is not ours to
 * tell stays in the log, without values.
 */
const mapErrors = t.middleware(async ({ ctx, path, next }) => {
  const result = await next();
  if (result.ok) return result;
  const recorded = await recordRefusal(ctx.services, ctx.session, path, result.error.cause).then(
    () => null,
    getTRPCErrorFromUnknown,
  );
  throw failureOf(path, recorded ?? result.error);
});

const sameOriginOnly = t.middleware(async ({ ctx, type, next }) => {
  if (type === 'mutation' && !ctx.sameOrigin) {
    throw new DomainError('FORBIDDEN', 'This request did not come from the portal.');
  }
  return next();
});

const base = t.procedure.use(mapErrors).use(sameOriginOnly);

/** For whom the admission is. */
const admitting = (admission: Admission) =>
  base.meta({ roles: admission.roles }).use(async ({ ctx, next }) => {
    const session = admit(ctx.session, admission);
    if (session instanceof DomainError) throw session;
    return next({ ctx: { ...ctx, session } });
  });

export const signedIn = admitting({ roles: ROLES });
/** Also for who has signed in with a password of another's choice: how to change it. */
export const signedInAtAll = admitting({ roles: ROLES, beforePasswordChange: true });
export const readersOnly = admitting({ roles: ['clinician', 'senior'] });
export const seniorsOnly = admitting({ roles: ['senior'] });
export const seniorsAndAdmins = admitting({ roles: ['senior', 'admin'] });
export const adminsOnly = admitting({ roles: ['admin'] });
