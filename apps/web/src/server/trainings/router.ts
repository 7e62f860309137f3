import { z } from 'zod';
import { router } from '../trpc/init.ts';
import { adminsOnly } from '../trpc/procedures.ts';
import { trainingGround } from './ground.ts';
import { requestTrainingInput, trainingGroundSchema, trainingIdInput, trainingSchema } from './schemas.ts';
import { cancelTraining, listTrainings, requestTraining, resumeTraining } from './service.ts';

export const trainingsRouter = router({
  ground: adminsOnly.output(trainingGroundSchema).query(({ ctx }) => trainingGround(ctx.services)),
  list: adminsOnly.output(z.array(trainingSchema)).query(({ ctx }) => listTrainings(ctx.services)),
  request: adminsOnly
    .input(requestTrainingInput)
    .output(trainingSchema)
    .mutation(({ ctx, input }) => requestTraining(ctx.services, ctx.session, input)),
  cancel: adminsOnly
    .input(trainingIdInput)
    .output(trainingSchema)
    .mutation(({ ctx, input }) => cancelTraining(ctx.services, ctx.session, input.id)),
  resume: adminsOnly
    .input(trainingIdInput)
    .output(trainingSchema)
    .mutation(({ ctx, input }) => resumeTraining(ctx.services, ctx.session, input.id)),
});
