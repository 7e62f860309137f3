'use client';

import {
  type DrawnMask,
  type MaskEdit,
  type MaskEditing,
  type MaskName,
  nextTip,
  redo,
  undo,
  useShortcuts,
  withDone,
} from '@blastwise/ui';
import { useEffect, useEffectEvent, useState } from 'react';
import { mayRead, useProfile } from '../shell/index.ts';
import { modelMaskSrc } from './corrected-masks.ts';
import { drawnMask } from './drawn-masks.ts';
import { isChanged, type LayerDraft } from './mask-draft.ts';
import type { CaseField } from './types.ts';
import { useMaskDraft } from './use-mask-draft.ts';
import type { useMaskView } from './use-mask-view.ts';
import type { ShownMasks } from './use-shown-masks.ts';

const NO_FIELD: Pick<CaseField, 'imageId' | 'corrections'> = { imageId: '', corrections: [] };
const NAMES = ['mask', 'nucleus'] as const;

/** Takes a combination with Ctrl (or Cmd) that shortcuts leave to the browser. */
function useUndoKeys(enabled: boolean, actions: { undo: () => void; redo: () => void }): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const key = event.key.toLowerCase();
    const typing =
      event.target instanceof HTMLElement && event.target.matches('input:not([type=range]),textarea');
    if (!(event.ctrlKey || event.metaKey) || event.altKey || typing || !['z', 'y'].includes(key)) return;
    event.preventDefault();
    if (key === 'y' || event.shiftKey) actions.redo();
    else actions.undo();
  });
  useEffect(() => {
    if (!enabled) return;
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, [enabled]);
}

function statusOf(layer: LayerDraft | undefined, safe: boolean): string {
  const changes = layer?.done.length ?? 0;
  if (changes === 0) return 'No change yet';
  const words = `${changes} ${changes === 1 ? 'change' : 'changes'}, not recorded yet`;
  return safe ? words : `${words}, lost with this page`;
}

/** The correction of a field's masks in the viewer: what is drawn, and the tools while they are out. */
export function useMaskEditor(
  field: CaseField | undefined,
  view: ReturnType<typeof useMaskView>,
  shown: ShownMasks,
) {
  const mayEdit = mayRead(useProfile()) && field !== undefined;
  const [opened, setOpened] = useState<string | null>(null);
  const [of, setOf] = useState<MaskName>('mask');
  const [tool, setTool] = useState<MaskEditing['tool']>('brush');
  const [size, setSize] = useState(9);
  const { draft, safe, change } = useMaskDraft(field ?? NO_FIELD);
  const open = mayEdit && opened === field.imageId;
  const layer = draft[of];

  const onEditing = (on: boolean) => {
    setOpened(on && field ? field.imageId : null);
    if (!on) return;
    shown.show(null);
    if (view.mode === 'off') view.toggle();
  };
  const onUndo = () => change(of, undo);
  const onRedo = () => change(of, redo);
  const onEdit = (edit: MaskEdit) => change(of, (history) => withDone(history, edit));

  useShortcuts({ e: () => onEditing(true) }, mayEdit && !open);
  useShortcuts(
    {
      e: () => onEditing(false),
      Escape: () => onEditing(false),
      d: () => setTool('brush'),
      x: () => setTool('eraser'),
      ',': () => setSize((tip) => nextTip(tip, -1)),
      '.': () => setSize((tip) => nextTip(tip, 1)),
      u: onUndo,
      r: onRedo,
    },
    open,
  );
  useUndoKeys(open, { undo: onUndo, redo: onRedo });

  const editing: MaskEditing | null = open
    ? {
        of,
        onOf: setOf,
        tool,
        onTool: setTool,
        size,
        onSize: setSize,
        onEdit,
        onUndo: layer && layer.done.length > 0 ? onUndo : null,
        onRedo: layer && layer.undone.length > 0 ? onRedo : null,
        hasModel: modelMaskSrc(field, of) !== null,
        status: statusOf(layer, safe),
        onDone: () => onEditing(false),
      }
    : null;
  // What was changed, and what is under the brush before its first change.
  const drawn = field
    ? NAMES.filter((name) => isChanged(draft, name) || (open && name === of)).map(
        (name) => [name, drawnMask(field, draft, name)] as const,
      )
    : [];
  return {
    editing,
    onEditing: mayEdit ? onEditing : null,
    drawn: Object.fromEntries(drawn) as Partial<Record<MaskName, DrawnMask>>,
  };
}
