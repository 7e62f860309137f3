import type { Metadata } from 'next';
import { returnPath, SignInPage } from '../../features/sign-in/index.ts';
import { services } from '../../server/services.ts';

export const metadata: Metadata = { title: 'Sign in' };

export default async function Page(props: { searchParams: Promise<Record<string, string | string[]>> }) {
  const params = await props.searchParams;
  return (
    <SignInPage
      returnTo={returnPath(params.return)}
      ended={params.ended === '1'}
      singleSignOn={services().singleSignOn?.name ?? null}
      error={typeof params.error === 'string' ? params.error : undefined}
    />
  );
}
