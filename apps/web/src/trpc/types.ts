import type { ErrorCode } from '@blastwise/contracts';
import type { TRPCClientErrorLike } from '@trpc/client';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../server/router.ts';

export type RouterInputs = inferRouterInputs<AppRouter>;
export type RouterOutputs = inferRouterOutputs<AppRouter>;

/** What a failed call throws: `message` is one sentence for the user, `data.reason` our code, `data.fields` by form path. */
export type CallError = TRPCClientErrorLike<AppRouter>;
export type { ErrorCode };
