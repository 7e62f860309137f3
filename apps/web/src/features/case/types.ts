import type { RouterOutputs } from '../../trpc/types.ts';

export type CaseDetail = RouterOutputs['cases']['detail'];
export type CaseField = CaseDetail['fields'][number];
export type FieldResult = NonNullable<CaseField['result']>;
export type FieldDecision = FieldResult['decision'];
export type Correction = CaseField['corrections'][number];
