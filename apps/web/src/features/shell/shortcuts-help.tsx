'use client';

import { Dialog, Keys, SegmentedControl, useShortcuts } from '@blastwise/ui';
import { useState } from 'react';
import { CHARACTER_KEYS, useCharacterKeysChoice } from './character-keys.ts';
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

/** Every shortcut, and whether those of a single key are listened to. */
export function ShortcutTable() {
  return (
    <div className="grid grid-cols-2 gap-x-9 gap-y-5 md:grid-cols-3">
      <CharacterKeys />
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

function CharacterKeys() {
  const choice = useCharacterKeysChoice();
  return (
    <div className="col-span-full flex items-center gap-4">
      <SegmentedControl
        label="Single-key shortcuts"
        choices={CHARACTER_KEYS}
        className="w-28 shrink-0"
        {...choice}
      />
      <p className="text-sm text-ink-2">
        Single-key shortcuts. Off, letters, digits and signs do nothing by themselves; Tab, the arrows, Enter,
        Esc and what is pressed with Ctrl stay. Kept for you in this browser, and also in the menu of your
        account.
      </p>
    </div>
  );
}
