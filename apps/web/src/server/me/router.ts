import { doneSchema } from '../shared/schemas.ts';
import { router } from '../trpc/init.ts';
import { signedIn, signedInAtAll } from '../trpc/procedures.ts';
import { changePasswordInput, profileSchema } from './schemas.ts';
import { changePassword, profileOf } from './service.ts';

export const meRouter = router({
  get: signedIn.output(profileSchema).query(({ ctx }) => profileOf(ctx.session)),
  changePassword: signedInAtAll
    .input(changePasswordInput)
    .output(doneSchema)
    .mutation(({ ctx, input }) => changePassword(ctx.services, ctx.session, input)),
});
