'use client';

import { Button, buttonClass, EmptyState, Keys } from '@blastwise/ui';
import { Inbox, SearchX } from 'lucide-react';
import Link from 'next/link';
import { mayRead, useProfile, type WorklistFilter } from '../shell/index.ts';

const NOTHING_HERE: Readonly<Record<NonNullable<WorklistFilter['status']>, readonly [string, string]>> = {
  queued: [
    'Nothing waits for analysis',
    'A submitted field stands here for the second or two until it is analysed.',
  ],
  analysed: ['Nothing waits for you', 'Fields that were analysed and not yet read stand here.'],
  deferred: [
    'Nothing is deferred',
    'A field stands here when every answer is expected to cost more than a second reading, when several stages cannot be ruled out, or when its image is unlike those the model learned from.',
  ],
  unread: ['Nothing waits for you', 'Every field of every case here has been read.'],
  corrected: ['Nothing was read yet', 'Open a case, say what you see in each field, and it moves here.'],
  failed: [
    'Nothing failed',
    'A field whose analysis failed stands here with the reason, and can be tried again.',
  ],
};

type Readings = NonNullable<WorklistFilter['adjudication'] | WorklistFilter['signOff']>;
const NOTHING_OF: Readonly<Record<Readings, readonly [string, string]>> = {
  disputed: [
    'Nothing is disputed',
    'A case stands here while its readers disagree, or call an error too severe to settle alone, until a senior decides.',
  ],
  open: [
    'Nothing waits for a second reader',
    'A case stands here once a field was read by one reader, until another reads it too.',
  ],
  signed: ['Nothing is signed', 'A case stands here once a reader has signed it, until a reading is added.'],
  changed: [
    'Nothing has changed since it was signed',
    'A case stands here when a reading was added after its latest signature; it should be signed again.',
  ],
};

/** Why the list is empty, and what to do. */
export function EmptyWorklist(props: { filter: WorklistFilter; total: number; onClear: () => void }) {
  const profile = useProfile();
  const { status, search, stage, finding, adjudication, signOff } = props.filter;
  const readings = adjudication ?? signOff;
  if (search || stage || finding) {
    return (
      <EmptyState
        icon={<SearchX />}
        title="No case matches"
        action={<Button onClick={props.onClear}>Clear search and filters</Button>}
      >
        The search looks for a part of the pseudonym, whatever the case of its letters.
      </EmptyState>
    );
  }
  if (readings) {
    const [title, text] = NOTHING_OF[readings];
    return (
      <EmptyState
        icon={<Inbox />}
        title={title}
        action={<Button onClick={props.onClear}>Show every case</Button>}
      >
        {text}
      </EmptyState>
    );
  }
  if (status && props.total > 0) {
    const [title, text] = NOTHING_HERE[status];
    return (
      <EmptyState icon={<Inbox />} title={title}>
        {text}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<Inbox />}
      title="No cases yet"
      action={
        mayRead(profile) ? (
          <Link href="/submit" className={buttonClass('primary')}>
            Submit fields
          </Link>
        ) : null
      }
    >
      {mayRead(profile) ? (
        <>
          Drop fields of a blood smear on the Submit page (<Keys keys="g s" />
          ). Each is analysed within seconds and appears here by itself, without reloading.
        </>
      ) : (
        'Clinicians submit fields of blood smears; each appears here by itself once it was accepted.'
      )}
    </EmptyState>
  );
}
