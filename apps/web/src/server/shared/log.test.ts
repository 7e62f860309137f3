import { expect, it } from 'vitest';
import { describeFailure, isDatabaseAway } from './log.ts';

const CANARY = 'Canary Patient 4711';

it('tells where and what kind, never the text', () => {
  const cause = Object.assign(new Error(`duplicate key (pseudonym)=(${CANARY})`), { code: '23505' });
  const error = new Error(`Failed query: insert into cases values ($1) params: ${CANARY}`, { cause });
  const told = describeFailure(error);
  expect(told).toMatchObject({ name: 'Error', cause: { name: 'Error', code: '23505' } });
  expect(told.stack?.[0]).toContain('log.test');
  expect(JSON.stringify(told)).not.toContain('Canary');
  expect(describeFailure(CANARY)).toEqual({ name: 'string' });
});

it('knows a database that is away by code, cause and several addresses tried', () => {
  const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  expect(isDatabaseAway(refused)).toBe(true);
  expect(isDatabaseAway(new Error('Failed query', { cause: refused }))).toBe(true);
  expect(isDatabaseAway(new AggregateError([refused, refused]))).toBe(true);
  expect(isDatabaseAway(new Error('Connection terminated unexpectedly'))).toBe(true);
  expect(isDatabaseAway(new Error('syntax error'))).toBe(false);
});
