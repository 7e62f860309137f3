import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe } from 'vitest';
import { accessibility } from './accessibility.ts';
import { accounts } from './accounts.ts';
import { adjudication } from './adjudication.ts';
import { administration } from './administration.ts';
import { choices } from './choices.ts';
import { costs } from './costs.ts';
import { chromiumPath } from './env.ts';
import { evidence } from './evidence.ts';
import { keyboard } from './keyboard.ts';
import { masks } from './masks.ts';
import { reading } from './reading.ts';
import { signing } from './signing.ts';
import { type Stack, startStack } from './stack.ts';
import { setBlindShare } from './steps.ts';
import { submission } from './submission.ts';
import { watching } from './watching.ts';

const found = existsSync(chromiumPath);

// One product for all journeys: they run in this order, as a working day would.
describe.skipIf(!found)(found ? 'the portal' : 'the portal (skipped: Chromium is not installed)', () => {
  let stack: Stack | undefined;
  const theStack = (): Stack => {
    if (!stack) throw new Error('The product has not started.');
    return stack;
  };

  beforeAll(async () => {
    stack = await startStack();
    // What a journey sees must not be left to chance.
    await setBlindShare(stack, 0);
  }, 300_000);
  afterAll(() => stack?.stop());

  describe('signing in and out', () => accounts(theStack));
  describe('submitting fields', () => submission(theStack));
  describe('reading a field', () => reading(theStack));
  describe('correcting a mask', () => masks(theStack));
  describe('answering under doubt', () => choices(theStack));
  describe('settling a dispute', () => adjudication(theStack));
  describe('signing a case', () => signing(theStack));
  describe('seeing why', () => evidence(theStack));
  describe('changing the costs', () => costs(theStack));
  describe('looking after the portal', () => administration(theStack));
  describe('watching', () => watching(theStack));
  describe('by keyboard alone', () => keyboard(theStack));
  describe('accessibility', () => accessibility(theStack));
});
