'use client';

import { Button, Input, Select } from '@blastwise/ui';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { type AuditFilter, NO_FILTER, NOBODY } from './filter.ts';

/** By action, known ones offered, by person and by day. */
export function AuditFilterBar(props: { filter: AuditFilter; onChange: (filter: AuditFilter) => void }) {
  const { filter } = props;
  const trpc = useTRPC();
  const actions = useQuery(trpc.audit.actions.queryOptions());
  const users = useQuery(trpc.users.list.queryOptions());
  const known = useId();
  const change = (part: Partial<AuditFilter>) => props.onChange({ ...filter, ...part });
  return (
    <>
      <Input
        type="search"
        list={known}
        aria-label="Filter by action"
        placeholder="Action, or how it begins"
        value={filter.action}
        onChange={(event) => change({ action: event.target.value })}
        className="ml-2 w-56"
      />
      <datalist id={known}>
        {actions.data?.map((action) => (
          <option key={action} value={action} />
        ))}
      </datalist>
      <Select
        aria-label="Filter by person"
        value={filter.actor || ANYBODY}
        onChange={(actor) => change({ actor: actor === ANYBODY ? '' : actor })}
        options={[
          { value: ANYBODY, label: 'Anybody' },
          { value: NOBODY, label: 'The service, or nobody known' },
          ...(users.data ?? []).map((user) => ({ value: user.id, label: user.name })),
        ]}
        className="w-44"
      />
      <Day label="From" value={filter.from} max={filter.to} onChange={(from) => change({ from })} />
      <Day label="To" value={filter.to} min={filter.from} onChange={(to) => change({ to })} />
      <span className="text-2xs leading-tight text-ink-3">
        days of your
        <br /> time zone
      </span>
      {Object.values(filter).some(Boolean) ? (
        <Button variant="quiet" onClick={() => props.onChange(NO_FILTER)}>
          Show all
        </Button>
      ) : null}
    </>
  );
}

const ANYBODY = 'anybody';

function Day(props: {
  label: string;
  value: string;
  min?: string;
  max?: string;
  onChange: (day: string) => void;
}) {
  const id = useId();
  return (
    <div className="flex items-center gap-1.5 text-xs text-ink-2">
      <label htmlFor={id}>{props.label}</label>
      <Input
        id={id}
        type="date"
        value={props.value}
        min={props.min}
        max={props.max}
        onChange={(event) => props.onChange(event.target.value)}
        className="w-36"
      />
    </div>
  );
}
