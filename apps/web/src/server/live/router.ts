import { router } from '../trpc/init.ts';
import { signedIn } from '../trpc/procedures.ts';
import { mapStreamErrors } from '../trpc/stream.ts';
import { liveMessages } from './stream.ts';

export const liveRouter = router({
  events: signedIn.subscription(({ ctx, signal }) =>
    mapStreamErrors('live.events', liveMessages(ctx.services, ctx.session, signal)),
  ),
});
