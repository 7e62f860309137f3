'use client';

import { Badge, cn, type Tone } from '@blastwise/ui';
import { Moment } from '../shared/index.ts';
import type { CostVersion } from './types.ts';

const STATUS_TONE: Readonly<Record<CostVersion['status'], Tone>> = {
  draft: 'neutral',
  proposed: 'warn',
  active: 'good',
  retired: 'neutral',
  rejected: 'bad',
};

export function StatusBadge({ status }: { status: CostVersion['status'] }) {
  return <Badge tone={STATUS_TONE[status]}>{status}</Badge>;
}

const GROUPS: readonly { title: string; statuses: readonly CostVersion['status'][] }[] = [
  { title: 'In force', statuses: ['active'] },
  { title: 'Proposed', statuses: ['proposed'] },
  { title: 'Drafts', statuses: ['draft'] },
  { title: 'History', statuses: ['retired', 'rejected'] },
];

/** Every version, the one in force first. */
export function VersionList(props: {
  versions: readonly CostVersion[];
  shown: string | null;
  onShow: (version: CostVersion) => void;
}) {
  return (
    <nav aria-label="Versions" className="min-h-0 overflow-y-auto border-r border-rule py-2">
      {GROUPS.map(({ title, statuses }) => {
        const versions = props.versions.filter((v) => statuses.includes(v.status));
        return (
          <section key={title} className="mb-3">
            <h2 className="eyebrow px-5 py-1.5">{title}</h2>
            {versions.length === 0 ? <p className="px-5 py-1 text-xs text-ink-3">None</p> : null}
            <ul>
              {versions.map((version) => (
                <li key={version.id}>
                  <button
                    type="button"
                    aria-current={version.id === props.shown ? 'true' : undefined}
                    onClick={() => props.onShow(version)}
                    className={cn(
                      'flex w-full flex-col gap-0.5 px-5 py-2 text-left hover:bg-hover focus-visible:-outline-offset-2',
                      version.id === props.shown && 'bg-accent-soft shadow-[inset_3px_0_0_var(--accent)]',
                    )}
                  >
                    <span className="flex w-full items-center gap-2">
                      <span className="tabular font-mono text-xs text-ink-3">v{version.version}</span>
                      <span className="min-w-0 flex-1 truncate text-sm font-medium">{version.name}</span>
                      <StatusBadge status={version.status} />
                    </span>
                    <span className="text-xs text-ink-3">
                      {version.proposedBy?.name ?? version.createdBy?.name ?? 'Published study'},{' '}
                      <Moment at={version.proposedAt ?? version.createdAt} />
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </nav>
  );
}
