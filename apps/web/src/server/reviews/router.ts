import { z } from 'zod';
import { caseDetailSchema } from '../cases/schemas.ts';
import { router } from '../trpc/init.ts';
import { readersOnly, seniorsAndAdmins, signedIn } from '../trpc/procedures.ts';
import { readersAgreement } from './agreement.ts';
import { recordChoice } from './choice.ts';
import {
  agreementsSchema,
  chooseInput,
  correctionSchema,
  historyInput,
  recordCorrectionInput,
} from './schemas.ts';
import { readingsOf, recordReading } from './service.ts';

export const reviewsRouter = router({
  /** Answers with the case as it now stands. */
  record: readersOnly
    .input(recordCorrectionInput)
    .output(caseDetailSchema)
    .mutation(({ ctx, input }) => recordReading(ctx.services, ctx.session, input)),
  /** Which error a reader would rather risk on a field in doubt. Answers with the case as it now stands. */
  choose: readersOnly
    .input(chooseInput)
    .output(caseDetailSchema)
    .mutation(({ ctx, input }) => recordChoice(ctx.services, ctx.session, input)),
  /** How far readers agree: each two of them, and all together. */
  agreement: seniorsAndAdmins.output(agreementsSchema).query(({ ctx }) => readersAgreement(ctx.services)),
  history: signedIn
    .input(historyInput)
    .output(z.array(correctionSchema))
    .query(({ ctx, input }) => readingsOf(ctx.services, ctx.session, input.imageId)),
});
