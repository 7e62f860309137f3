import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe } from 'vitest';
import { chromiumPath } from './env.ts';
import { type Stack, startStack } from './stack.ts';
import { setBlindShare } from './steps.ts';

const found = existsSync(chromiumPath);

/** Journeys in one product of their own: they run in the order that they are named in, as a working day would. */
export function journeys(name: string, tell: (stack: () => Stack) => void): void {
  describe.skipIf(!found)(found ? name : `${name} (skipped: Chromium is not installed)`, () => {
    let stack: Stack | undefined;

    beforeAll(async () => {
      stack = await startStack();
      // What a journey sees must not be left to chance.
      await setBlindShare(stack, 0);
    }, 300_000);
    afterAll(() => stack?.stop());

    tell(() => {
      if (!stack) throw new Error('The product has not started.');
      return stack;
    });
  });
}
