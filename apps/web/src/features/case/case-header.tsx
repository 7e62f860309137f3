'use client';

import { Button, buttonClass, PageHeader, Progress, Tooltip } from '@blastwise/ui';
import { ArrowLeft, ChevronLeft, ChevronRight, StickyNote } from 'lucide-react';
import Link from 'next/link';
import { BlindReview, Moment, WorkStatusLabel } from '../shared/index.ts';
import { SignCase } from './sign-case.tsx';
import type { CaseDetail } from './types.ts';

export function CaseHeader(props: {
  detail: CaseDetail;
  /** Another case is on its way. */
  moving: boolean;
  onPrevious: (() => void) | null;
  onNext: (() => void) | null;
}) {
  const { detail } = props;
  return (
    <PageHeader
      className="relative pl-2"
      title={
        <span className="flex items-center gap-2">
          <Tooltip text="Worklist" keys="Esc" side="bottom">
            <Link href="/cases" aria-label="Back to the worklist" className={buttonClass('quiet', 'icon-sm')}>
              <ArrowLeft />
            </Link>
          </Tooltip>
          <span className="max-w-60 truncate">{detail.pseudonym}</span>
        </span>
      }
    >
      {props.moving ? (
        // Only a move that takes a moment is worth showing.
        <Progress
          label="Opening the case"
          className="animate-late absolute inset-x-0 -bottom-px h-0.5 rounded-none"
        />
      ) : null}
      <WorkStatusLabel status={detail.status} className="text-xs" />
      {detail.blindReview ? <BlindReview className="text-xs" /> : null}
      <span className="hidden text-xs whitespace-nowrap text-ink-3 lg:inline">
        {detail.submittedBy.name}, <Moment at={detail.submittedAt} />
      </span>
      {detail.note ? (
        <span className="flex min-w-0 items-center gap-1.5 text-xs text-ink-2" title={detail.note}>
          <StickyNote aria-hidden="true" className="size-3.5 shrink-0 text-ink-3" />
          <span className="truncate">
            <span className="sr-only">Note: </span>
            {detail.note}
          </span>
        </span>
      ) : null}
      <span className="flex-1" />
      <SignCase detail={detail} />
      <div className="flex gap-1">
        <Tooltip text="Previous case" keys="k" side="bottom">
          <Button
            variant="quiet"
            size="icon-sm"
            aria-label="Previous case"
            aria-disabled={!props.onPrevious}
            onClick={() => props.onPrevious?.()}
          >
            <ChevronLeft />
          </Button>
        </Tooltip>
        <Tooltip text="Next case" keys="j" side="bottom">
          <Button
            variant="quiet"
            size="icon-sm"
            aria-label="Next case"
            aria-disabled={!props.onNext}
            onClick={() => props.onNext?.()}
          >
            <ChevronRight />
          </Button>
        </Tooltip>
      </div>
    </PageHeader>
  );
}
