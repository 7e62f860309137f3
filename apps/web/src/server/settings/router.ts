import { router } from '../trpc/init.ts';
import { adminsOnly, signedIn } from '../trpc/procedures.ts';
import {
  setAiInput,
  setBlindShareInput,
  setGateMarginInput,
  setSeniorDecidesInput,
  settingsSchema,
} from './schemas.ts';
import { getSettings, setAi, setBlindShare, setGateMargin, setSeniorDecides } from './service.ts';

export const settingsRouter = router({
  get: signedIn.output(settingsSchema).query(({ ctx }) => getSettings(ctx.services)),
  setAi: adminsOnly
    .input(setAiInput)
    .output(settingsSchema)
    .mutation(({ ctx, input }) => setAi(ctx.services, ctx.session, input)),
  setBlindShare: adminsOnly
    .input(setBlindShareInput)
    .output(settingsSchema)
    .mutation(({ ctx, input }) => setBlindShare(ctx.services, ctx.session, input)),
  setSeniorDecides: adminsOnly
    .input(setSeniorDecidesInput)
    .output(settingsSchema)
    .mutation(({ ctx, input }) => setSeniorDecides(ctx.services, ctx.session, input)),
  setGateMargin: adminsOnly
    .input(setGateMarginInput)
    .output(settingsSchema)
    .mutation(({ ctx, input }) => setGateMargin(ctx.services, ctx.session, input)),
});
