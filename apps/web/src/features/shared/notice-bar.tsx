import { NOTICE } from './notice.ts';

/** The notice below pages that stand outside the portal's frame. */
export function NoticeBar() {
  return (
    <footer className="border-t border-rule bg-sunken px-4 py-1.5 text-center text-2xs font-semibold text-ink-2">
      {NOTICE}
    </footer>
  );
}
