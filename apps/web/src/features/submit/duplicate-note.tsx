import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { caseUrl, Moment } from '../shared/index.ts';
import type { Accepted } from './upload.ts';

/** The accepted picture's size, and a warning where the same picture stands already. */
export function DuplicateNote({ accepted, twin }: { accepted: Accepted; twin: string | undefined }) {
  const [newest] = accepted.duplicates;
  const size = `${accepted.width} × ${accepted.height} px`;
  if (!newest && !twin) return <span className="tabular">{size}</span>;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5 text-warn">
      <TriangleAlert aria-hidden="true" className="size-3.5" />
      {newest ? (
        <>
          Submitted before,
          <Moment at={newest.submittedAt} />
          <Link
            href={caseUrl(newest.caseId)}
            target="_blank"
            className="font-medium underline underline-offset-2"
          >
            open that case
          </Link>
          {accepted.duplicates.length > 1 ? `and ${accepted.duplicates.length - 1} more` : null}
        </>
      ) : (
        `The same picture as ${twin}`
      )}
    </span>
  );
}
