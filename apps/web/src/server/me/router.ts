import { z } from 'zod';
import { doneSchema } from '../shared/schemas.ts';
import { router } from '../trpc/init.ts';
import { signedIn, signedInAtAll } from '../trpc/procedures.ts';
import { changePasswordInput, endSessionInput, openSessionSchema, profileSchema } from './schemas.ts';
import { changePassword, profileOf } from './service.ts';
import { endOtherSessions, endSession, openSessions } from './sessions.ts';

export const meRouter = router({
  get: signedIn.output(profileSchema).query(({ ctx }) => profileOf(ctx.services, ctx.session)),
  changePassword: signedInAtAll
    .input(changePasswordInput)
    .output(doneSchema)
    .mutation(({ ctx, input }) => changePassword(ctx.services, ctx.session, input)),
  sessions: signedIn
    .output(z.array(openSessionSchema))
    .query(({ ctx }) => openSessions(ctx.services, ctx.session)),
  endSession: signedIn
    .input(endSessionInput)
    .output(doneSchema)
    .mutation(({ ctx, input }) => endSession(ctx.services, ctx.session, input)),
  endOtherSessions: signedIn
    .output(doneSchema)
    .mutation(({ ctx }) => endOtherSessions(ctx.services, ctx.session)),
});
