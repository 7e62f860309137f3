import { z } from 'zod';
import { doneSchema } from '../shared/schemas.ts';
import { router } from '../trpc/init.ts';
import { signedIn } from '../trpc/procedures.ts';
import { changePasswordInput, endSessionInput, profileSchema, sessionSummarySchema } from './schemas.ts';
import { changePassword, endSession, listSessions, profileOf } from './service.ts';

export const meRouter = router({
  get: signedIn.output(profileSchema).query(({ ctx }) => profileOf(ctx.session)),
  changePassword: signedIn
    .input(changePasswordInput)
    .output(doneSchema)
    .mutation(({ ctx, input }) => changePassword(ctx.services, ctx.session, input)),
  sessions: signedIn
    .output(z.array(sessionSummarySchema))
    .query(({ ctx }) => listSessions(ctx.services, ctx.session)),
  endSession: signedIn
    .input(endSessionInput)
    .output(doneSchema)
    .mutation(({ ctx, input }) => endSession(ctx.services, ctx.session, input.id)),
});
