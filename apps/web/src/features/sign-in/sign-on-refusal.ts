/** Why the hospital's sign-on led back to the sign-in page, in a sentence; `name`: what it is called. */
export function signOnRefusal(error: string, name: string): string {
  switch (error) {
    case 'NoAccount':
      return `${name} knows you, but no active account here has your e-mail address. Ask an admin of Blastwise to add you.`;
    case 'UnverifiedEmail':
      return `${name} does not vouch for your e-mail address. Ask who looks after ${name} to have it verified.`;
    case 'OtherIssuer':
      return `${name} names itself otherwise than Blastwise was told. Ask who runs Blastwise to correct OIDC_ISSUER.`;
    case 'OAuthSignin':
      return `${name} cannot be reached. Try again in a moment, or sign in with a password.`;
    case 'Unavailable':
      return 'Signing in is not possible right now. Try again in a moment.';
    default:
      return `The sign-on with ${name} was not completed. Try again.`;
  }
}
