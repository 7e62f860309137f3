export {
  type Adjudication,
  type AdjudicationPolicy,
  adjudicate,
  DEFAULT_POLICY,
  type Reading,
} from './adjudicate.ts';
export { type Agreement, agreementOf, kappaOf, type ReadTwice } from './agreement.ts';
