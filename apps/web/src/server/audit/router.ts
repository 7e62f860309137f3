import { AUDIT_ACTIONS } from '@blastwise/db';
import { z } from 'zod';
import { router } from '../trpc/init.ts';
import { adminsOnly } from '../trpc/procedures.ts';
import { auditPageSchema, auditVerificationSchema, listAuditInput } from './schemas.ts';
import { listAudit, verifyTrail } from './service.ts';

export const auditRouter = router({
  list: adminsOnly
    .input(listAuditInput)
    .output(auditPageSchema)
    .query(({ ctx, input }) => listAudit(ctx.services, input)),
  /** Everything that the trail records. */
  actions: adminsOnly.output(z.array(z.string())).query(() => [...AUDIT_ACTIONS]),
  verify: adminsOnly
    .output(auditVerificationSchema)
    .mutation(({ ctx }) => verifyTrail(ctx.services, ctx.session)),
});
