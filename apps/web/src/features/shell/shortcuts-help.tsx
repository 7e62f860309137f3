'use client';

import { Dialog, Keys, useShortcuts } from '@blastwise/ui';
import { useState } from 'react';
import { SHORTCUT_GROUPS } from './shortcut-list.ts';

/** The list of shortcuts, opened by `?`. */
export function ShortcutsHelp() {
  const [open, setOpen] = useState(false);
  useShortcuts({ '?': () => setOpen(true) });
  return (
    <Dialog open={open} onOpenChange={setOpen} title="Keyboard shortcuts" readOnly className="w-[54rem]">
      <ShortcutTable />
    </Dialog>
  );
}

export function ShortcutTable() {
  return (
    <div className="grid grid-cols-2 gap-x-9 gap-y-5 md:grid-cols-3">
      {SHORTCUT_GROUPS.map((group) => (
        <section key={group.title}>
          <h3 className="eyebrow mb-1 border-b border-rule pb-1">{group.title}</h3>
          <dl>
            {group.shortcuts.map(([keys, what]) => (
              <div key={what} className="flex h-7 items-center justify-between gap-4">
                <dt className="text-sm text-ink-2">{what}</dt>
                <dd className="flex items-center gap-1.5 text-xs text-ink-3">
                  {keys.map((key, i) => (
                    <span key={key} className="inline-flex items-center gap-1.5">
                      {i > 0 ? 'or' : null}
                      <Keys keys={key} />
                    </span>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
