import { z } from 'zod';
import { router } from '../trpc/init.ts';
import { adminsOnly, signedIn } from '../trpc/procedures.ts';
import { learnedCosts } from './learned.ts';
import { previewCosts } from './preview.ts';
import {
  activateCostsInput,
  activatedCostsSchema,
  costPreviewSchema,
  costVersionSchema,
  learnedCostsSchema,
  previewCostsInput,
  proposeCostsInput,
  rejectCostsInput,
} from './schemas.ts';
import { activateVersion, activeVersion, listVersions, proposeVersion, rejectVersion } from './service.ts';

export const costsRouter = router({
  active: signedIn.output(costVersionSchema).query(({ ctx }) => activeVersion(ctx.services)),
  list: signedIn.output(z.array(costVersionSchema)).query(({ ctx }) => listVersions(ctx.services)),
  learned: adminsOnly.output(learnedCostsSchema).query(({ ctx }) => learnedCosts(ctx.services)),
  preview: adminsOnly
    .input(previewCostsInput)
    .output(costPreviewSchema)
    .query(({ ctx, input }) => previewCosts(ctx.services, input.costs)),
  propose: adminsOnly
    .input(proposeCostsInput)
    .output(costVersionSchema)
    .mutation(({ ctx, input }) => proposeVersion(ctx.services, ctx.session, input)),
  activate: adminsOnly
    .input(activateCostsInput)
    .output(activatedCostsSchema)
    .mutation(({ ctx, input }) => activateVersion(ctx.services, ctx.session, input)),
  reject: adminsOnly
    .input(rejectCostsInput)
    .output(costVersionSchema)
    .mutation(({ ctx, input }) => rejectVersion(ctx.services, ctx.session, input)),
});
