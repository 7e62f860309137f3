import { DomainError, ROLES, type Role } from '@blastwise/contracts';
import { recordRefusal } from '../audit/refusals.ts';
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

/** Signed in with one of these roles; what is refused is recorded. */
export const byRole = (...roles: readonly Role[]) =>
  base.meta({ roles }).use(async ({ ctx, path, next }) => {
    const { session } = ctx;
    if (!session || !roles.includes(session.user.role)) {
      await recordRefusal(ctx.services, session, path);
      throw session
        ? new DomainError('FORBIDDEN', 'Your role does not allow this.')
        : new DomainError('UNAUTHENTICATED', 'Sign in to go on.');
    }
    return next({ ctx: { ...ctx, session } });
  });

export const signedIn = byRole(...ROLES);
export const readersOnly = byRole('clinician', 'senior');
export const adminsOnly = byRole('admin');
