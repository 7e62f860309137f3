import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { createTRPCClient, httpLink } from '@trpc/client';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { describe, expect, it } from 'vitest';
import type { LiveMessage } from '../../server/live/schemas.ts';
import type { AppRouter } from '../../server/router.ts';
import { followMessage } from './live-messages.ts';

const CONNECTED: LiveMessage = { kind: 'connected' };
const IMAGE: LiveMessage = {
  kind: 'image',
  imageId: '01990000-0000-7000-8000-000000000001',
  caseId: '01990000-0000-7000-8000-000000000002',
};

/** A worklist on show whose answers the test gives, one after the other. */
function shownWorklist(given?: string) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry: false } } });
  const client = createTRPCClient<AppRouter>({ links: [httpLink({ url: 'http://portal.example' })] });
  const trpc = createTRPCOptionsProxy<AppRouter>({ client, queryClient });
  const { queryKey } = trpc.cases.worklist.pathFilter();
  const key = [...(queryKey ?? []), 'shown'];
  const waiting: ((answer: string) => void)[] = [];
  if (given !== undefined) queryClient.setQueryData(key, given);
  const observer = new QueryObserver(queryClient, {
    queryKey: key,
    queryFn: () => new Promise<string>((resolve) => waiting.push(resolve)),
  });
  const leave = observer.subscribe(() => undefined);
  return {
    shown: () => observer.getCurrentResult().data,
    follow: (message: LiveMessage) => followMessage(message, trpc, queryClient),
    answer: async (answer: string) => {
      await expect.poll(() => waiting.length).toBeGreaterThan(0);
      waiting.shift()?.(answer);
    },
    asked: () => waiting.length,
    leave,
  };
}

describe('a worklist', () => {
  it.each([
    ['the first time the stream stands', CONNECTED],
    ['when an image changes', IMAGE],
  ])('that came with the page is asked for again %s', async (_, message) => {
    const list = shownWorklist('queued');
    const followed = list.follow(message);
    await list.answer('analysed');
    await followed;
    expect(list.shown()).toBe('analysed');
    list.leave();
  });

  it.each([
    ['the stream stands', CONNECTED],
    ['an image changes', IMAGE],
  ])('whose first answer is on its way when %s is asked for once more after it', async (_, message) => {
    const list = shownWorklist();
    const followed = list.follow(message);
    await list.answer('queued');
    await list.answer('analysed');
    await followed;
    expect(list.shown()).toBe('analysed');
    list.leave();
  });

  it('is left alone when only a training went on', async () => {
    const list = shownWorklist('queued');
    await list.follow({ kind: 'trainings' });
    expect(list.asked()).toBe(0);
    list.leave();
  });
});
