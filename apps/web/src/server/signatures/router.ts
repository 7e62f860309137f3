import { caseDetailSchema } from '../cases/schemas.ts';
import { router } from '../trpc/init.ts';
import { readersOnly } from '../trpc/procedures.ts';
import { signInput } from './schemas.ts';
import { signAsShown } from './service.ts';

export const signaturesRouter = router({
  /** Signs a case with the password typed again. Answers with the case as it now stands. */
  sign: readersOnly
    .input(signInput)
    .output(caseDetailSchema)
    .mutation(({ ctx, input }) => signAsShown(ctx.services, ctx.session, input)),
});
