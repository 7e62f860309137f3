import { router } from '../trpc/init.ts';
import { signedIn } from '../trpc/procedures.ts';
import { serviceStatusSchema } from './schemas.ts';
import { serviceStatus } from './service.ts';

export const statusRouter = router({
  get: signedIn.output(serviceStatusSchema).query(({ ctx }) => serviceStatus(ctx.services)),
});
