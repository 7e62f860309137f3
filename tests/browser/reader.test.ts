import { describe } from 'vitest';
import { accounts } from './accounts.ts';
import { choices } from './choices.ts';
import { evidence } from './evidence.ts';
import { journeys } from './journeys.ts';
import { keyboard } from './keyboard.ts';
import { masks } from './masks.ts';
import { reading } from './reading.ts';
import { singleSignOn } from './single-sign-on.ts';
import { submission } from './submission.ts';

journeys('the portal, for who reads', (stack) => {
  describe('signing in and out', () => accounts(stack));
  describe('signing on at the hospital', () => singleSignOn(stack));
  describe('submitting fields', () => submission(stack));
  describe('reading a field', () => reading(stack));
  describe('correcting a mask', () => masks(stack));
  describe('answering under doubt', () => choices(stack));
  describe('seeing why', () => evidence(stack));
  describe('by keyboard alone', () => keyboard(stack));
});
