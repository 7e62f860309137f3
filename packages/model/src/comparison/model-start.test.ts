import { expect, it } from 'vitest';
import { DEFAULT_HYBRID, POOL_TAP } from '../architecture/index.ts';
import { STUDY_BOOSTING } from '../classical/index.ts';
import { modelStart } from './model-start.ts';

const hybrid = { kind: 'hybrid', config: DEFAULT_HYBRID } as const;
const frozen = { kind: 'hybrid', config: { ...DEFAULT_HYBRID, tap: POOL_TAP } } as const;
const file = (published: boolean) => ({ initial: { from: 'file', sha256: '0'.repeat(64), published } });

it.each([
  ['weights of the package', hybrid, { config: {} }, { from: 'imagenet', headOnly: false }],
  ['a published file', frozen, { config: file(true) }, { from: 'imagenet', headOnly: true }],
  ["somebody's file", hybrid, { config: file(false) }, { from: 'file', headOnly: false }],
  ['none', frozen, { config: { initial: { from: 'scratch' } } }, { from: 'scratch', headOnly: true }],
  ['a run that says nothing', hybrid, {}, null],
  ['no backbone', { kind: 'xgboost', config: STUDY_BOOSTING }, { config: {} }, null],
] as const)('a model that started from %s', (_, architecture, run, start) => {
  expect(modelStart({ architecture, run })).toEqual(start);
});
