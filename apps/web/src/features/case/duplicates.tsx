import Link from 'next/link';
import { caseUrl, Moment } from '../shared/index.ts';
import { PanelSection } from './panel.tsx';
import type { CaseField } from './types.ts';

/** Other cases that hold the very same picture: their readings are not independent of this one. */
export function Duplicates({ duplicates }: { duplicates: CaseField['duplicates'] }) {
  if (duplicates.length === 0) return null;
  return (
    <PanelSection title="Same picture in other cases">
      <ul className="flex flex-col gap-0.5 text-xs">
        {duplicates.map((duplicate) => (
          <li key={duplicate.imageId}>
            <Link href={caseUrl(duplicate.caseId)} className="text-accent underline underline-offset-2">
              Case of <Moment at={duplicate.submittedAt} />
            </Link>
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}
