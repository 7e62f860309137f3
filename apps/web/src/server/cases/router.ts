import { doneSchema } from '../shared/schemas.ts';
import { router } from '../trpc/init.ts';
import { readersOnly, seniorsOnly, signedIn } from '../trpc/procedures.ts';
import { caseDetail } from './detail.ts';
import {
  caseDetailSchema,
  caseInput,
  neighboursInput,
  neighboursSchema,
  retryInput,
  submitCaseInput,
  submittedCaseSchema,
  toDecideSchema,
  worklistCountsInput,
  worklistCountsSchema,
  worklistInput,
  worklistPageSchema,
} from './schemas.ts';
import { retryField, submitCase } from './submit.ts';
import { neighbours, toDecide, worklist, worklistCounts } from './worklist.ts';

export const casesRouter = router({
  submit: readersOnly
    .input(submitCaseInput)
    .output(submittedCaseSchema)
    .mutation(({ ctx, input }) => submitCase(ctx.services, ctx.session, input)),
  worklist: signedIn
    .input(worklistInput)
    .output(worklistPageSchema)
    .query(({ ctx, input }) => worklist(ctx.services, ctx.session, input)),
  counts: signedIn
    .input(worklistCountsInput)
    .output(worklistCountsSchema)
    .query(({ ctx, input }) => worklistCounts(ctx.services, input)),
  toDecide: seniorsOnly.output(toDecideSchema).query(({ ctx }) => toDecide(ctx.services)),
  detail: signedIn
    .input(caseInput)
    .output(caseDetailSchema)
    .query(({ ctx, input }) => caseDetail(ctx.services, ctx.session, input.caseId)),
  neighbours: signedIn
    .input(neighboursInput)
    .output(neighboursSchema)
    .query(({ ctx, input }) => neighbours(ctx.services, input)),
  /** Has a field analysed again: one that failed, or an unread one whose result is by a model no longer in service. */
  retry: readersOnly
    .input(retryInput)
    .output(doneSchema)
    .mutation(({ ctx, input }) => retryField(ctx.services, ctx.session, input.imageId)),
});
