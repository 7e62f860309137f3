import { doneSchema } from '../shared/schemas.ts';
import { router } from '../trpc/init.ts';
import { adminsOnly } from '../trpc/procedures.ts';
import { acknowledgeInput, monitoringSchema, openAlarmsSchema } from './schemas.ts';
import { acknowledge, monitoring, openAlarms } from './service.ts';

export const monitoringRouter = router({
  get: adminsOnly.output(monitoringSchema).query(({ ctx }) => monitoring(ctx.services)),
  openAlarms: adminsOnly.output(openAlarmsSchema).query(({ ctx }) => openAlarms(ctx.services)),
  acknowledge: adminsOnly
    .input(acknowledgeInput)
    .output(doneSchema)
    .mutation(({ ctx, input }) => acknowledge(ctx.services, ctx.session, input)),
});
