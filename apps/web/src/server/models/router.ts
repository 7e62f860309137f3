import { z } from 'zod';
import { router } from '../trpc/init.ts';
import { adminsOnly, signedIn } from '../trpc/procedures.ts';
import {
  judgeModelInput,
  lockedTestSetSchema,
  lockedTestUseSchema,
  modelVersionSchema,
  promoteModelInput,
  registeredModelSchema,
  rollBackModelInput,
} from './schemas.ts';
import {
  judgeModel,
  listLockedTests,
  listModels,
  listUses,
  modelInService,
  promoteModel,
  rollBackModel,
} from './service.ts';

export const modelsRouter = router({
  inService: signedIn.output(modelVersionSchema.nullable()).query(({ ctx }) => modelInService(ctx.services)),
  list: adminsOnly.output(z.array(registeredModelSchema)).query(({ ctx }) => listModels(ctx.services)),
  lockedTests: adminsOnly
    .output(z.array(lockedTestSetSchema))
    .query(({ ctx }) => listLockedTests(ctx.services)),
  ledger: adminsOnly.output(z.array(lockedTestUseSchema)).query(({ ctx }) => listUses(ctx.services)),
  judge: adminsOnly
    .input(judgeModelInput)
    .output(lockedTestUseSchema)
    .mutation(({ ctx, input }) => judgeModel(ctx.services, ctx.session, input)),
  promote: adminsOnly
    .input(promoteModelInput)
    .output(registeredModelSchema)
    .mutation(({ ctx, input }) => promoteModel(ctx.services, ctx.session, input)),
  rollBack: adminsOnly
    .input(rollBackModelInput)
    .output(registeredModelSchema)
    .mutation(({ ctx, input }) => rollBackModel(ctx.services, ctx.session, input)),
});
