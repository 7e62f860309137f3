import { Callout } from '@blastwise/ui';
import { NoticeBar, SignOnButton } from '../shared/index.ts';
import { Logo } from '../shell/index.ts';
import { SignInForm } from './sign-in-form.tsx';
import { signOnRefusal } from './sign-on-refusal.ts';

export function SignInPage(props: {
  returnTo: string;
  ended: boolean;
  /** What the hospital's sign-on is called; null where there is none. */
  singleSignOn: string | null;
  /** Why it led back here. */
  error: string | undefined;
}) {
  const { returnTo, ended, singleSignOn, error } = props;
  const refusal = singleSignOn && error ? signOnRefusal(error, singleSignOn) : null;
  return (
    <div className="grid min-h-dvh grid-rows-[1fr_auto]">
      <main className="flex items-center justify-center p-6">
        <div className="w-84">
          <div className="mb-8 flex items-center gap-3">
            <Logo className="size-9" />
            <div>
              <h1 className="text-lg leading-5 font-semibold tracking-tight">Blastwise</h1>
              <p className="text-xs text-ink-3">Blood-smear review by expected cost</p>
            </div>
          </div>
          {refusal ? (
            <Callout tone="bad" className="mb-4">
              {refusal}
            </Callout>
          ) : null}
          <SignInForm returnTo={returnTo} ended={ended} />
          {singleSignOn ? (
            <SignOnButton name={singleSignOn} returnTo={returnTo} className="mt-3 h-9 w-full" />
          ) : null}
        </div>
      </main>
      <NoticeBar />
    </div>
  );
}
