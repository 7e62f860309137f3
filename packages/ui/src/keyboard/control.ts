const NOT_TEXT = new Set(['checkbox', 'radio', 'range', 'button', 'submit', 'file']);

/** Whether the focused element wants the key for itself: text, or arrows inside a widget. */
export function belongsToControl(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('[role=dialog],[role=listbox],[role=menu]')) return true;
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  if (target instanceof HTMLInputElement && !NOT_TEXT.has(target.type)) return true;
  if (key === 'Enter' || key === ' ') return target.closest('button,a,[role=radio],[role=tab]') !== null;
  if (!key.startsWith('Arrow')) return false;
  return (
    target.closest('[role=radio],[role=tab],[role=slider],[role=combobox],[type=range],[data-arrows]') !==
    null
  );
}
