export type { GateFigures } from './figures.ts';
export { type GateOptions, type GateResult, judgeChallenger } from './judge.ts';
export type { MalignantToBenign } from './malignant.ts';
export { type PairedOutcome, pairOutcomes } from './outcome.ts';
export { GATE_RULES, type GateRules, levelOf } from './rules.ts';
export type { SignFlip } from './sign-flip.ts';
export type { Verdict } from './verdict.ts';
