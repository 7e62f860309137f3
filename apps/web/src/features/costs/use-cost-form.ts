'use client';

import { type CostDraft, toDraft } from '@blastwise/ui';
import { useState } from 'react';
import type { CostVersion, DraftStart } from './types.ts';

/** A version being drawn up, as typed. */
export interface CostForm extends Pick<DraftStart, 'activeId' | 'name' | 'reason' | 'computed' | 'replaces'> {
  draft: CostDraft;
}

/** Begun, and neither proposed nor saved: looking at something else in between loses nothing. Memory only. */
let kept: CostForm | null = null;

/** Computed costs go one step from the version that was in force then, and from no other. */
const stillHolds = (form: CostForm | null, active: CostVersion): form is CostForm =>
  form !== null && (form.computed === null || form.activeId === active.id);

function begin(active: CostVersion, start: DraftStart | null): CostForm {
  if (start) {
    const { costs, ...rest } = start;
    return { ...rest, draft: toDraft(costs) };
  }
  if (stillHolds(kept, active)) return kept;
  const draft = toDraft(active.costs);
  return { activeId: active.id, name: '', reason: '', computed: null, replaces: null, draft };
}

export function useCostForm(active: CostVersion, start: DraftStart | null) {
  const [form, setForm] = useState(() => begin(active, start));
  const change = (part: Partial<CostForm>) => {
    kept = { ...form, ...part };
    setForm(kept);
  };
  const forget = () => {
    kept = null;
  };
  return { form, change, forget };
}
