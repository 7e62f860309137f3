'use client';

import { cn, costText, points, Td } from '@blastwise/ui';
import Link from 'next/link';
import type { Ref } from 'react';
import { BlindReview, caseUrl, Moment, thumbUrl, WorkStatusLabel } from '../shared/index.ts';
import { Findings } from './findings.tsx';
import { Informative } from './informative.tsx';
import { Nothing } from './nothing.tsx';
import { ShownStages } from './shown-stages.tsx';
import { SignedOff } from './signed-off.tsx';
import { Unsettled } from './unsettled.tsx';
import type { WorklistRow } from './use-worklist.ts';

/** One case. The whole line opens it; the link in it is what the keyboard walks along. */
export function WorklistLine(props: {
  row: WorklistRow;
  selected: boolean;
  onSelect: () => void;
  linkRef: Ref<HTMLAnchorElement>;
}) {
  const { row } = props;
  const first = row.images[0];
  return (
    <tr
      className={cn(
        'relative hover:bg-hover',
        props.selected && 'bg-accent-soft shadow-[inset_3px_0_0_var(--accent)] hover:bg-accent-soft',
      )}
    >
      <Td className="h-12 py-1 pl-5">
        <span className="relative block size-10 overflow-hidden rounded-sm bg-matte">
          {first ? (
            <img
              src={thumbUrl(first.imageId)}
              alt=""
              width={40}
              height={40}
              loading="lazy"
              className="size-10 object-cover"
            />
          ) : null}
          {row.images.length > 1 ? (
            <span className="tabular absolute right-0 bottom-0 rounded-tl-sm bg-surface/90 px-1 text-2xs">
              {row.images.length}
              <span className="sr-only"> fields</span>
            </span>
          ) : null}
        </span>
      </Td>
      <Td>
        <Link
          ref={props.linkRef}
          href={caseUrl(row.caseId)}
          onFocus={props.onSelect}
          onClick={props.onSelect}
          className="block truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          {row.pseudonym}
        </Link>
      </Td>
      <Td>
        <span className="flex items-center gap-2">
          <WorkStatusLabel status={row.status} />
          <Unsettled unsettled={row.unsettled} />
          <SignedOff signOff={row.signOff} />
        </span>
      </Td>
      <Td>
        <span className="flex items-center gap-3">
          {row.blindReview && row.status === 'unread' ? (
            <BlindReview className="text-xs" />
          ) : (
            <ShownStages images={row.images} />
          )}
          <Findings findings={row.findings} />
        </span>
        {row.information ? <Informative information={row.information} /> : null}
      </Td>
      <Td numeric>{row.expectedCost === null ? <Nothing /> : costText(row.expectedCost)}</Td>
      <Td numeric>{row.margin === null ? <Nothing /> : points(row.margin)}</Td>
      <Td className="truncate pl-8 text-ink-2">{row.submittedBy.name}</Td>
      <Td numeric className="pr-5 text-ink-2">
        <Moment at={row.submittedAt} as="age" />
      </Td>
    </tr>
  );
}
