import { expect, it } from 'vitest';
import { NO_FILTER, NOBODY, toQuery } from './filter.ts';

it('asks for everything where nothing is chosen', () => expect(toQuery(NO_FILTER)).toEqual({}));

it('asks for what is chosen, days as this browser counts them and the last one included', () => {
  const days = { from: '2026-11-27', to: '2026-11-28' };
  expect(toQuery({ ...NO_FILTER, ...days, action: ' costs ', actor: 'u' })).toEqual({
    action: 'costs',
    actorId: 'u',
    since: new Date(2026, 10, 27).toISOString(),
    before: new Date(2026, 10, 29).toISOString(),
  });
  expect(toQuery({ ...NO_FILTER, actor: NOBODY, from: 'half a d' })).toEqual({ actorId: null });
});
