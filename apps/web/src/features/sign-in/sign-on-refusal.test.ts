import { expect, it } from 'vitest';
import { signOnRefusal } from './sign-on-refusal.ts';

it.each([
  ['NoAccount', 'Ask an admin of Blastwise to add you.'],
  ['UnverifiedEmail', 'Ask who looks after Test Hospital'],
  ['OtherIssuer', 'correct OIDC_ISSUER'],
  ['OAuthSignin', 'Test Hospital cannot be reached.'],
  ['Unavailable', 'Try again in a moment.'],
  ['OAuthCallback', 'The sign-on with Test Hospital was not completed.'],
  ['<b>anything</b>', 'The sign-on with Test Hospital was not completed.'],
])('%s says whom to ask or what to do', (error, words) => {
  const sentence = signOnRefusal(error, 'Test Hospital');
  expect(sentence).toContain(words);
  expect(sentence).not.toContain('anything');
});
