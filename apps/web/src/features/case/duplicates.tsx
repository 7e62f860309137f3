import { Badge } from '@blastwise/ui';
import Link from 'next/link';
import { caseUrl, Moment } from '../shared/index.ts';
import { PanelSection } from './panel.tsx';
import { settledOtherwise } from './settled-otherwise.ts';
import type { CaseField } from './types.ts';

/** Other cases that hold the very same picture: their readings are not independent of this one. */
export function Duplicates({ field }: { field: Pick<CaseField, 'adjudication' | 'duplicates'> }) {
  if (field.duplicates.length === 0) return null;
  return (
    <PanelSection title="Same picture in other cases">
      <ul className="flex flex-col gap-0.5 text-xs">
        {field.duplicates.map((duplicate) => {
          const otherwise = settledOtherwise(field, duplicate);
          return (
            <li key={duplicate.imageId} className="flex flex-wrap items-center gap-2">
              <Link href={caseUrl(duplicate.caseId)} className="text-accent underline underline-offset-2">
                Case of <Moment at={duplicate.submittedAt} />
              </Link>
              {otherwise ? <Badge tone="warn">settled otherwise: {otherwise}</Badge> : null}
            </li>
          );
        })}
      </ul>
    </PanelSection>
  );
}
