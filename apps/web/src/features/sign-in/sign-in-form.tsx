'use client';

import { Button, Callout, Field, Input } from '@blastwise/ui';
import { signIn } from 'next-auth/react';
import { type FormEvent, useState } from 'react';

/** What the server's refusal means, in a sentence. */
function refusal(error: string | undefined): string {
  if (error === 'RATE_LIMITED') return 'Too many attempts. Wait a few minutes, then try again.';
  if (error === undefined || error === 'CredentialsSignin') return 'This e-mail and password do not match.';
  return 'Signing in is not possible right now. Try again in a moment.';
}

export function SignInForm({ returnTo, ended }: { returnTo: string; ended: boolean }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const result = await signIn('credentials', { email, password, redirect: false });
      if (result?.ok) {
        // A full load: the pages behind start from the new session.
        window.location.assign(returnTo);
        return;
      }
      setError(refusal(result?.error ?? undefined));
    } catch {
      setError('The portal cannot be reached. Try again in a moment.');
    }
    setPassword('');
    setBusy(false);
  };

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {ended && !error ? (
        <Callout tone="warn">
          Your session has ended. Sign in to come back to the page you were on. Masks that you drew are kept
          in this browser; anything else that you had not sent is gone.
        </Callout>
      ) : null}
      {error ? <Callout tone="bad">{error}</Callout> : null}
      <Field label="E-mail">
        {(control) => (
          <Input
            {...control}
            name="email"
            type="email"
            autoComplete="username"
            required
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.target.value)}
            className="h-9"
          />
        )}
      </Field>
      <Field label="Password">
        {(control) => (
          <Input
            {...control}
            name="password"
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            className="h-9"
          />
        )}
      </Field>
      <Button type="submit" variant="primary" disabled={busy} className="mt-1 h-9">
        {busy ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  );
}
