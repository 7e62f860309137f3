import { listAudit } from '@blastwise/db';
import { TRPCError } from '@trpc/server';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { appRouter } from './router.ts';
import { CALLERS, type CallerKind, sessionFor, withTestPortal } from './testing/portal.ts';

const EVERYBODY: readonly CallerKind[] = ['clinician', 'senior', 'admin'];
const READERS: readonly CallerKind[] = ['clinician', 'senior'];
const SENIORS: readonly CallerKind[] = ['senior'];
const SENIORS_AND_ADMINS: readonly CallerKind[] = ['senior', 'admin'];
const ADMINS: readonly CallerKind[] = ['admin'];

/** Who may call what, written down apart from the router: a procedure that is not named here fails the test. */
const ALLOWED: Record<string, readonly CallerKind[]> = {
  'audit.actions': ADMINS,
  'audit.list': ADMINS,
  'audit.verify': ADMINS,
  'cases.counts': EVERYBODY,
  'cases.detail': EVERYBODY,
  'cases.neighbours': EVERYBODY,
  'cases.retry': READERS,
  'cases.submit': READERS,
  'cases.toDecide': SENIORS,
  'cases.worklist': EVERYBODY,
  'costs.activate': ADMINS,
  'costs.active': EVERYBODY,
  'costs.basis': ADMINS,
  'costs.draft': ADMINS,
  'costs.flips': ADMINS,
  'costs.learned': ADMINS,
  'costs.list': EVERYBODY,
  'costs.preview': ADMINS,
  'costs.propose': ADMINS,
  'costs.proposeDraft': ADMINS,
  'costs.reject': ADMINS,
  'live.events': EVERYBODY,
  'me.changePassword': EVERYBODY,
  'me.endOtherSessions': EVERYBODY,
  'me.endSession': EVERYBODY,
  'me.get': EVERYBODY,
  'me.sessions': EVERYBODY,
  'models.compare': ADMINS,
  'models.course': ADMINS,
  'models.inService': EVERYBODY,
  'models.judge': ADMINS,
  'models.ledger': ADMINS,
  'models.lineage': ADMINS,
  'models.list': ADMINS,
  'monitoring.acknowledge': ADMINS,
  'monitoring.get': ADMINS,
  'monitoring.openAlarms': ADMINS,
  'progress.get': ADMINS,
  'models.lockedTests': ADMINS,
  'models.promote': ADMINS,
  'models.rollBack': ADMINS,
  'reviews.agreement': SENIORS_AND_ADMINS,
  'reviews.choose': READERS,
  'reviews.history': EVERYBODY,
  'reviews.record': READERS,
  'settings.get': EVERYBODY,
  'settings.setAi': ADMINS,
  'settings.setBlindShare': ADMINS,
  'settings.setSeniorDecides': ADMINS,
  'settings.setGateMargin': ADMINS,
  'signatures.sign': READERS,
  'status.get': EVERYBODY,
  'trainings.cancel': ADMINS,
  'trainings.ground': ADMINS,
  'trainings.list': ADMINS,
  'trainings.request': ADMINS,
  'trainings.resume': ADMINS,
  'users.create': ADMINS,
  'users.endSessions': ADMINS,
  'users.list': ADMINS,
  'users.resetPassword': ADMINS,
  'users.setDisabled': ADMINS,
  'users.setRole': ADMINS,
  'users.withoutSenior': ADMINS,
};

/** Without an input schema a procedure reads nothing of what it is sent, nor can its code: it is called with an empty body. */
const TAKES_NOTHING: ReadonlySet<string> = new Set([
  'audit.actions',
  'audit.verify',
  'cases.toDecide',
  'costs.active',
  'costs.list',
  'live.events',
  'me.endOtherSessions',
  'me.get',
  'me.sessions',
  'models.course',
  'models.inService',
  'models.ledger',
  'models.list',
  'models.lockedTests',
  'monitoring.get',
  'monitoring.openAlarms',
  'reviews.agreement',
  'settings.get',
  'status.get',
  'trainings.ground',
  'trainings.list',
  'users.list',
  'users.withoutSenior',
]);

const procedures = Object.keys(appRouter._def.procedures);
const mutations = procedures.filter((path) => definitionOf(path, 'type') === 'mutation');
const matrix = procedures.flatMap((path) => CALLERS.map((caller) => ({ path, caller })));

/** What the router keeps of a procedure: flat, by path; its types show them nested. */
function definitionOf(path: string, part: 'type' | 'inputs' | 'output'): unknown {
  const flat: Record<string, unknown> = appRouter._def.procedures;
  const procedure = flat[path];
  return typeof procedure === 'function' && '_def' in procedure
    ? Reflect.get(Object(procedure._def), part)
    : null;
}

const portal = withTestPortal();

/** Calls with nothing valid: a caller who may is stopped by the input at the earliest. */
async function call(path: string, caller: CallerKind, sameOrigin = true): Promise<TRPCError | null> {
  let target: unknown = portal().as(sessionFor(portal(), caller), { sameOrigin });
  for (const name of path.split('.')) target = Reflect.get(Object(target), name);
  if (typeof target !== 'function') throw new Error(`${path} cannot be called`);
  try {
    await target(undefined);
    return null;
  } catch (error) {
    if (error instanceof TRPCError) return error;
    throw error;
  }
}

it('every procedure has its line in the table, and the table no other', () => {
  expect(procedures.sort()).toEqual(Object.keys(ALLOWED).sort());
});

it.each(procedures)('%s says by schemas what it takes and what it gives', (path) => {
  expect(definitionOf(path, 'inputs')).toEqual(TAKES_NOTHING.has(path) ? [] : [expect.any(z.ZodType)]);
  expect(definitionOf(path, 'output')).toBeInstanceOf(z.ZodType);
});

describe('role by procedure', () => {
  it.each(matrix)('$caller calls $path', async ({ path, caller }) => {
    const failure = await call(path, caller);
    if (ALLOWED[path]?.includes(caller)) {
      expect(['BAD_REQUEST', undefined]).toContain(failure?.code);
      return;
    }
    expect(failure?.code).toBe(caller === 'anonymous' ? 'UNAUTHORIZED' : 'FORBIDDEN');
    const [recorded] = await listAudit(portal().services.db, { limit: 1, action: 'call.refuse' });
    expect(recorded).toMatchObject({
      subjectKind: 'call',
      subjectId: path,
      actorId: sessionFor(portal(), caller)?.user.id ?? null,
    });
  });
});

describe('mutations from another site', () => {
  it.each(mutations)('%s is refused and recorded', async (path) => {
    const allowed = ALLOWED[path]?.[0] ?? 'admin';
    const failure = await call(path, allowed, false);
    expect(failure?.code).toBe('FORBIDDEN');
    expect(failure?.message).toBe('This request did not come from the portal.');
    const [recorded] = await listAudit(portal().services.db, { limit: 1, action: 'call.refuse' });
    expect(recorded).toMatchObject({ subjectId: path });
  });
});
