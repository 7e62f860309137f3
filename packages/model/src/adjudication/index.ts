export { adjudicate, type Reading } from './adjudicate.ts';
export { type Agreement, type AgreementOptions, agreementOf, kappaOf, type ReadTwice } from './agreement.ts';
