import type { RouterOutputs } from '../../trpc/types.ts';

export type CostVersion = RouterOutputs['costs']['list'][number];
export type CostPreview = RouterOutputs['costs']['preview'];
export type Outcome = CostPreview['transitions'][number]['from'];
