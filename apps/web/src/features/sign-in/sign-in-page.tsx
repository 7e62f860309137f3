import { NoticeBar } from '../shared/index.ts';
import { Logo } from '../shell/index.ts';
import { SignInForm } from './sign-in-form.tsx';

export function SignInPage({ returnTo, ended }: { returnTo: string; ended: boolean }) {
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
          <SignInForm returnTo={returnTo} ended={ended} />
        </div>
      </main>
      <NoticeBar />
    </div>
  );
}
