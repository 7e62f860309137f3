'use client';

import { Redo2, RotateCcw, Undo2 } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button } from '../../controls/button.tsx';
import { SegmentedControl } from '../../controls/radio-group.tsx';
import { Tooltip } from '../../feedback/tooltip.tsx';
import type { MaskEditing } from './editing.ts';
import { TIP_SIZES } from './strokes.ts';

const MASKS = [
  { value: 'mask', label: 'Cells' },
  { value: 'nucleus', label: 'Nuclei' },
] as const;
const TOOLS = [
  { value: 'brush', label: 'Brush', hint: 'Key d' },
  { value: 'eraser', label: 'Eraser', hint: 'Key x' },
] as const;

/** The next wider (`by` 1) or narrower (-1) tip. */
export function nextTip(size: number, by: 1 | -1): number {
  const at = TIP_SIZES.findIndex((tip) => tip >= size);
  return TIP_SIZES[Math.min(TIP_SIZES.length - 1, Math.max(0, at + by))] ?? size;
}

/** The tools, in place of the layers' switches and of the same height. Every control has a key that the page handles. */
export function EditBar({ editing }: { editing: MaskEditing }) {
  const { onUndo, onRedo } = editing;
  const reset = editing.hasModel ? 'Back to the model’s mask' : 'Empty the mask';
  return (
    <div
      role="toolbar"
      aria-label="Correct the mask"
      className="flex h-9 items-center gap-1.5 overflow-x-auto border-b border-rule bg-accent-soft/40 px-2"
    >
      <SegmentedControl
        label="Mask to correct"
        value={editing.of}
        onChange={editing.onOf}
        choices={MASKS}
        className="shrink-0 [&_button]:h-7"
      />
      <SegmentedControl
        label="Tool"
        value={editing.tool}
        onChange={editing.onTool}
        choices={TOOLS}
        className="shrink-0 [&_button]:h-7"
      />
      <Tooltip text="Width of the tip" keys=", .">
        <label className="flex shrink-0 items-center gap-1.5 text-xs text-ink-2">
          <span className="sr-only">Width of the tip</span>
          <input
            type="range"
            min={0}
            max={TIP_SIZES.length - 1}
            step={1}
            value={TIP_SIZES.findIndex((tip) => tip >= editing.size)}
            aria-valuetext={`${editing.size} pixels`}
            onChange={(event) => editing.onSize(TIP_SIZES[Number(event.target.value)] ?? editing.size)}
            className="h-4 w-16 accent-accent"
          />
          <span aria-hidden="true" className="tabular w-9 font-mono text-2xs">
            {editing.size} px
          </span>
        </label>
      </Tooltip>
      <Action text="Undo" keys="u" icon={<Undo2 />} onClick={onUndo} />
      <Action text="Redo" keys="r" icon={<Redo2 />} onClick={onRedo} />
      <Action text={reset} icon={<RotateCcw />} onClick={() => editing.onEdit({ tool: 'reset' })} />
      <span role="status" className="min-w-0 flex-1 truncate px-1 text-right text-xs text-ink-2">
        {editing.status}
      </span>
      <Button size="sm" onClick={editing.onDone}>
        Done
      </Button>
    </div>
  );
}

function Action(props: { text: string; keys?: string; icon: ReactElement; onClick: (() => void) | null }) {
  return (
    <Tooltip text={props.text} {...(props.keys ? { keys: props.keys } : {})}>
      <Button
        variant="quiet"
        size="icon-sm"
        aria-label={props.text}
        aria-disabled={!props.onClick}
        onClick={() => props.onClick?.()}
      >
        {props.icon}
      </Button>
    </Tooltip>
  );
}
