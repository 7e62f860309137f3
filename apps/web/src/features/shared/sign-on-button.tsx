'use client';

import { SINGLE_SIGN_ON_ID } from '@blastwise/contracts';
import { Button } from '@blastwise/ui';
import { signIn } from 'next-auth/react';
import { useState } from 'react';

/** To the hospital's sign-on, and back to a page of ours. `again`: who is known there is asked again all the same. */
export function SignOnButton(props: { name: string; returnTo: string; again?: boolean; className?: string }) {
  const [leaving, setLeaving] = useState(false);
  const leave = async () => {
    setLeaving(true);
    const asked = props.again ? { prompt: 'login', max_age: '0' } : undefined;
    await signIn(SINGLE_SIGN_ON_ID, { callbackUrl: props.returnTo }, asked).catch(() => setLeaving(false));
  };
  return (
    <Button onClick={leave} disabled={leaving} className={props.className}>
      Sign on {props.again ? 'again ' : ''}with {props.name}
    </Button>
  );
}
