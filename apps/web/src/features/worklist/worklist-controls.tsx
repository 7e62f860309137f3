'use client';

import { Input, Kbd, Select, STAGES, StageBadge } from '@blastwise/ui';
import { Search } from 'lucide-react';
import type { RefObject } from 'react';
import type { WorklistFilter } from '../shell/index.ts';

const SORTS = [
  { value: 'newest', label: 'Newest first', hint: 'By time of submission' },
  { value: 'expected-cost', label: 'Costliest first', hint: 'By highest expected cost of an unread field' },
  { value: 'margin', label: 'Closest calls first', hint: 'By smallest lead of the top stage' },
  { value: 'set-size', label: 'Most open first', hint: 'By number of stages that cannot be ruled out' },
  {
    value: 'information',
    label: 'Most informative first',
    hint: 'By how spread the probabilities are, how close the top two, how costly an error and how unfamiliar the image: the mean of the four',
  },
] as const;

const FINDINGS = [
  { value: 'any', label: 'Any finding' },
  { value: 'several-stages', label: 'Several stages', hint: 'More than one stage cannot be ruled out' },
  {
    value: 'out-of-distribution',
    label: 'Unfamiliar image',
    hint: 'Unlike the smears the model learned from',
  },
  {
    value: 'not-assessable',
    label: 'Not assessable',
    hint: 'No white cell, blank, blurred, clipped or out of scale',
  },
] as const;

const READINGS = [
  { value: 'any', label: 'Any reading' },
  { value: 'disputed', label: 'Disputed', hint: 'Readers disagree, or the error is grave: a senior decides' },
  { value: 'open', label: 'One reader', hint: 'A field was read and waits for a second reader' },
  { value: 'signed', label: 'Signed', hint: 'Signed off, and no reading added since' },
  { value: 'changed', label: 'Changed since', hint: 'Signed off, but a reading was added since' },
] as const;

const ANY_STAGE = 'any';
const STAGE_OPTIONS = [
  { value: ANY_STAGE, label: 'Any stage' },
  ...STAGES.map((stage) => ({ value: stage, label: <StageBadge stage={stage} /> })),
];

/** Search, filters and sort. The search stays in memory and goes to the server by POST only. */
export function WorklistControls(props: {
  searchRef: RefObject<HTMLInputElement | null>;
  filter: WorklistFilter;
  /** Off: nothing is sorted or found by what the network says. */
  aiEnabled: boolean;
  onChange: (filter: WorklistFilter) => void;
}) {
  const { filter, onChange } = props;
  const setStage = (value: string) => {
    const { stage: _, ...rest } = filter;
    const stage = STAGES.find((s) => s === value);
    onChange(stage ? { ...rest, stage } : rest);
  };
  const setFinding = (value: (typeof FINDINGS)[number]['value']) => {
    const { finding: _, ...rest } = filter;
    onChange(value === 'any' ? rest : { ...rest, finding: value });
  };
  const setReadings = (value: (typeof READINGS)[number]['value']) => {
    const { adjudication: _, signOff: __, ...rest } = filter;
    if (value === 'any') onChange(rest);
    else if (value === 'signed' || value === 'changed') onChange({ ...rest, signOff: value });
    else onChange({ ...rest, adjudication: value });
  };
  const setSearch = (text: string) => {
    const { search: _, ...rest } = filter;
    onChange(text === '' ? rest : { ...rest, search: text });
  };
  return (
    <>
      <div className="relative ml-2 w-64">
        <Search aria-hidden="true" className="absolute top-2 left-2.5 size-4 text-ink-3" />
        <Input
          ref={props.searchRef}
          type="search"
          aria-label="Search by pseudonym"
          placeholder="Pseudonym"
          autoComplete="off"
          value={filter.search ?? ''}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            setSearch('');
            event.currentTarget.blur();
          }}
          className="pr-8 pl-8 [&::-webkit-search-cancel-button]:hidden"
        />
        <span aria-hidden="true" className="absolute top-1.5 right-2">
          <Kbd>/</Kbd>
        </span>
      </div>
      <span className="flex-1" />
      <Select
        aria-label="Stage"
        value={filter.stage ?? ANY_STAGE}
        onChange={setStage}
        options={STAGE_OPTIONS}
        className="w-36"
      />
      <Select
        aria-label="Readings"
        value={filter.adjudication ?? filter.signOff ?? 'any'}
        onChange={setReadings}
        options={READINGS}
        className="w-36"
      />
      {props.aiEnabled ? (
        <>
          <Select
            aria-label="Finding"
            value={filter.finding ?? 'any'}
            onChange={setFinding}
            options={FINDINGS}
            className="w-42"
          />
          <Select
            aria-label="Sort"
            value={filter.sort}
            onChange={(sort) => onChange({ ...filter, sort })}
            options={SORTS}
            className="w-52"
          />
        </>
      ) : null}
    </>
  );
}
