'use client';

import { Callout } from '@blastwise/ui';
import { useQuery } from '@tanstack/react-query';
import { usePathname } from 'next/navigation';
import { useTRPC } from '../../trpc/client.tsx';
import { PasswordField, type TextFieldProps } from './form-fields.tsx';
import { Moment } from './moment.tsx';
import { useProfile } from './profile.tsx';
import { SignOnButton } from './sign-on-button.tsx';

/** How who signs proves again who they are: as they signed in, by the password or at the hospital. */
export function ConfirmField(props: TextFieldProps) {
  const { signedInBy, singleSignOn } = useProfile();
  if (signedInBy === 'single-sign-on') return <SignOnAgain name={singleSignOn ?? 'your hospital'} />;
  return <PasswordField label="Your password" hint="Typed again to sign." {...props} />;
}

function SignOnAgain({ name }: { name: string }) {
  const trpc = useTRPC();
  const pathname = usePathname();
  // What was there when the page was loaded may have been used since.
  const { data } = useQuery(trpc.me.get.queryOptions(undefined, { staleTime: 0 }));
  if (data?.signsUntil) {
    return (
      <p className="text-sm text-ink-2">
        You have signed on with {name} again. That stands for one signature, until{' '}
        <Moment at={data.signsUntil} />.
      </p>
    );
  }
  return (
    <Callout>
      <p className="mb-2">
        Before you sign, sign on again. That leads to {name} and back to this page; what is typed here is not
        kept.
      </p>
      <SignOnButton name={name} returnTo={pathname} again />
    </Callout>
  );
}
