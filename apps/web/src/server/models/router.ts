import { z } from 'zod';
import { router } from '../trpc/init.ts';
import { adminsOnly, signedIn } from '../trpc/procedures.ts';
import { compareModels } from './compare.ts';
import { servingCourse } from './course.ts';
import { lineageFields } from './lineage.ts';
import {
  compareInput,
  judgeModelInput,
  lineageFieldSchema,
  lineageInput,
  lockedTestSetSchema,
  lockedTestUseSchema,
  modelComparisonSchema,
  modelVersionSchema,
  promoteModelInput,
  registeredModelSchema,
  rollBackModelInput,
  servingCourseSchema,
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
  compare: adminsOnly
    .input(compareInput)
    .output(modelComparisonSchema)
    .query(({ ctx, input }) => compareModels(ctx.services, input)),
  lineage: adminsOnly
    .input(lineageInput)
    .output(z.array(lineageFieldSchema))
    .query(({ ctx, input }) => lineageFields(ctx.services, input)),
  course: adminsOnly.output(servingCourseSchema).query(({ ctx }) => servingCourse(ctx.services)),
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
