import { expect, it } from 'vitest';
import { describeFailure } from './log.ts';

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
