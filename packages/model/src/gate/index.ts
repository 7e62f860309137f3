export type { Verdict } from '@blastwise/contracts';
export type { GateFigures } from './figures.ts';
export { type GuardSet, guarded } from './guard.ts';
export { type GateOptions, type GateResult, judgeChallenger } from './judge.ts';
export { judgeWithReserved, type ReservedOptions, type TwoTestSets } from './judge-with-reserved.ts';
export type { MalignantToBenign } from './malignant.ts';
export { type PairedOutcome, pairOutcomes } from './outcome.ts';
export { GATE_RULES, type GateRules, levelOf } from './rules.ts';
export type { SignFlip } from './sign-flip.ts';
