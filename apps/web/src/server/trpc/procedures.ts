import { DomainError, ROLES } from '@blastwise/contracts';
import { recordRefusal } from '../audit/refusals.ts';
import { type Admission, admit } from '../auth/admission.ts';
import { failureOf } from './error-shape.ts';
import { t } from './init.ts';

/** The one place where failures become the transport's; what is not ours to tell stays in the log, without values. */
const mapErrors = t.middleware(async ({ path, next }) => {
  const result = await next();
  if (!result.ok) throw failureOf(path, result.error);
  return result;
});

const sameOriginOnly = t.middleware(async ({ ctx, type, path, next }) => {
  if (type === 'mutation' && !ctx.sameOrigin) {
    await recordRefusal(ctx.services, ctx.session, path);
    throw new DomainError('FORBIDDEN', 'This request did not come from the portal.');
  }
  return next();
});

const base = t.procedure.use(mapErrors).use(sameOriginOnly);

/** For whom the admission is; what is refused is recorded. */
const admitting = (admission: Admission) =>
  base.meta({ roles: admission.roles }).use(async ({ ctx, path, next }) => {
    const session = admit(ctx.session, admission);
    if (session instanceof DomainError) {
      await recordRefusal(ctx.services, ctx.session, path);
      throw session;
    }
    return next({ ctx: { ...ctx, session } });
  });

export const signedIn = admitting({ roles: ROLES });
/** Also for who has signed in with a password of another's choice: how to change it. */
export const signedInAtAll = admitting({ roles: ROLES, beforePasswordChange: true });
export const readersOnly = admitting({ roles: ['clinician', 'senior'] });
export const seniorsOnly = admitting({ roles: ['senior'] });
export const seniorsAndAdmins = admitting({ roles: ['senior', 'admin'] });
export const adminsOnly = admitting({ roles: ['admin'] });
