import { router } from '../trpc/init.ts';
import { adminsOnly } from '../trpc/procedures.ts';
import { progressInput, progressSchema } from './schemas.ts';
import { progress } from './service.ts';

export const progressRouter = router({
  get: adminsOnly
    .input(progressInput)
    .output(progressSchema)
    .query(({ ctx, input }) => progress(ctx.services, input)),
});
