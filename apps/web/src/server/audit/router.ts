import { router } from '../trpc/init.ts';
import { adminsOnly } from '../trpc/procedures.ts';
import { auditPageSchema, auditVerificationSchema, listAuditInput } from './schemas.ts';
import { listAudit, verifyTrail } from './service.ts';

export const auditRouter = router({
  list: adminsOnly
    .input(listAuditInput)
    .output(auditPageSchema)
    .query(({ ctx, input }) => listAudit(ctx.services, input)),
  verify: adminsOnly
    .output(auditVerificationSchema)
    .mutation(({ ctx }) => verifyTrail(ctx.services, ctx.session)),
});
