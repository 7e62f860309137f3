import { describe, expect, it } from 'vitest';
import { createMatcher, type KeyPress } from './matcher.ts';

const SHORTCUTS = ['m', 'j', '?', 'g w', 'g s', 'w'];
const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrl: false,
  meta: false,
  alt: false,
  ...held,
});

describe('createMatcher', () => {
  it('matches a single key', () => expect(createMatcher()(press('m'), SHORTCUTS, 0)).toBe('m'));
  it('leaves unknown keys alone', () => expect(createMatcher()(press('x'), SHORTCUTS, 0)).toBeNull());
  it('leaves combinations to the browser', () =>
    expect(createMatcher()(press('m', { ctrl: true }), SHORTCUTS, 0)).toBeNull());

  it('matches a sequence', () => {
    const match = createMatcher();
    expect(match(press('g'), SHORTCUTS, 0)).toBeNull();
    expect(match(press('w'), SHORTCUTS, 500)).toBe('g w');
  });

  it('forgets the first key after a while', () => {
    const match = createMatcher();
    match(press('g'), SHORTCUTS, 0);
    expect(match(press('w'), SHORTCUTS, 1500)).toBe('w');
  });

  it('takes the second key for itself when no sequence fits', () => {
    const match = createMatcher();
    match(press('g'), SHORTCUTS, 0);
    expect(match(press('m'), SHORTCUTS, 100)).toBe('m');
    expect(match(press('w'), SHORTCUTS, 200)).toBe('w');
  });
});
