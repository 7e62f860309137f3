import { z } from 'zod';
import { router } from '../trpc/init.ts';
import { adminsOnly, signedIn } from '../trpc/procedures.ts';
import { modelVersionSchema } from './schemas.ts';
import { listModels, modelInService } from './service.ts';

export const modelsRouter = router({
  inService: signedIn.output(modelVersionSchema.nullable()).query(({ ctx }) => modelInService(ctx.services)),
  list: adminsOnly.output(z.array(modelVersionSchema)).query(({ ctx }) => listModels(ctx.services)),
});
