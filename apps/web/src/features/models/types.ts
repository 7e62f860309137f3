import type { RouterOutputs } from '../../trpc/types.ts';

export type RegisteredModel = RouterOutputs['models']['list'][number];
export type ModelState = RegisteredModel['state'];
export type LockedTestSet = RouterOutputs['models']['lockedTests'][number];
export type LockedTestUse = RouterOutputs['models']['ledger'][number];
export type Judgement = NonNullable<LockedTestUse['judgement']>;
export type Comparison = Judgement['locked'];
export type LineageField = RouterOutputs['models']['lineage'][number];
export type ModelComparison = RouterOutputs['models']['compare'];
export type ComparedField = ModelComparison['fields'][number];
export type ComparedAnswer = ComparedField['first'];
export type ServingCourse = RouterOutputs['models']['course'];
