import { router } from '../trpc/init.ts';
import { signedIn } from '../trpc/procedures.ts';
import { streamOf } from '../trpc/stream.ts';
import { liveMessageSchema } from './schemas.ts';
import { liveMessages } from './stream.ts';

export const liveRouter = router({
  events: signedIn
    .output(streamOf('live.events', liveMessageSchema))
    .subscription(({ ctx, signal }) => liveMessages(ctx.services, ctx.session, signal)),
});
