import { costBasisSchema } from '@blastwise/contracts';
import { z } from 'zod';
import { router } from '../trpc/init.ts';
import { adminsOnly, signedIn } from '../trpc/procedures.ts';
import { versionBasis } from './basis.ts';
import { flipsUnder } from './flips.ts';
import { learnedCosts } from './learned.ts';
import { previewCosts } from './preview.ts';
import {
  activateCostsInput,
  activatedCostsSchema,
  costBasisInput,
  costFlipsInput,
  costPreviewSchema,
  costVersionSchema,
  draftCostsInput,
  flipsPageSchema,
  learnedCostsInput,
  learnedCostsSchema,
  previewCostsInput,
  proposeCostsInput,
  proposeDraftInput,
  rejectCostsInput,
} from './schemas.ts';
import {
  activateVersion,
  activeVersion,
  draftVersion,
  listVersions,
  proposeDraft,
  proposeVersion,
  rejectVersion,
} from './service.ts';

export const costsRouter = router({
  active: signedIn.output(costVersionSchema).query(({ ctx }) => activeVersion(ctx.services)),
  list: signedIn.output(z.array(costVersionSchema)).query(({ ctx }) => listVersions(ctx.services)),
  learned: adminsOnly
    .input(learnedCostsInput)
    .output(learnedCostsSchema)
    .query(({ ctx, input }) => learnedCosts(ctx.services, input.weights)),
  basis: adminsOnly
    .input(costBasisInput)
    .output(costBasisSchema.nullable())
    .query(({ ctx, input }) => versionBasis(ctx.services, input.id)),
  preview: adminsOnly
    .input(previewCostsInput)
    .output(costPreviewSchema)
    .query(({ ctx, input }) => previewCosts(ctx.services, input.costs)),
  flips: adminsOnly
    .input(costFlipsInput)
    .output(flipsPageSchema)
    .query(({ ctx, input }) => flipsUnder(ctx.services, input)),
  draft: adminsOnly
    .input(draftCostsInput)
    .output(costVersionSchema)
    .mutation(({ ctx, input }) => draftVersion(ctx.services, ctx.session, input)),
  proposeDraft: adminsOnly
    .input(proposeDraftInput)
    .output(costVersionSchema)
    .mutation(({ ctx, input }) => proposeDraft(ctx.services, ctx.session, input)),
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
