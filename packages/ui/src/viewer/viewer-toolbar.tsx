'use client';

import { Brush, Maximize, Minus, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '../cn.ts';
import { Button } from '../controls/button.tsx';
import { SegmentedControl } from '../controls/radio-group.tsx';
import { Tooltip } from '../feedback/tooltip.tsx';
import type { MaskMode } from './mask-layer.tsx';

const MODES = [
  { value: 'off', label: 'Off' },
  { value: 'fill', label: 'Fill' },
  { value: 'outline', label: 'Outline' },
] as const;

/** Zoom on the left, mask on the right; every control has a key that the page handles. Where it is narrow, the note comes before labels. */
export function ViewerToolbar(props: {
  scale: number | null;
  onZoom: (factor: number) => void;
  onFit: () => void;
  maskMode: MaskMode;
  onMaskMode: (mode: MaskMode) => void;
  maskAvailable: boolean;
  opacity: number;
  onOpacity: (opacity: number) => void;
  note?: ReactNode;
  /** Whether the mask is being corrected; null: it may not be. */
  editing: boolean | null;
  onEditing: (editing: boolean) => void;
}) {
  return (
    <div className="@container flex h-10 items-center gap-1 border-b border-rule px-2">
      <Tooltip text="Zoom out" keys="-">
        <Button variant="quiet" size="icon-sm" aria-label="Zoom out" onClick={() => props.onZoom(1 / 1.5)}>
          <Minus />
        </Button>
      </Tooltip>
      <output aria-label="Scale" className="tabular w-12 text-center font-mono text-xs text-ink-2">
        {props.scale === null ? '' : `${Math.round(props.scale * 100)} %`}
      </output>
      <Tooltip text="Zoom in" keys="+">
        <Button variant="quiet" size="icon-sm" aria-label="Zoom in" onClick={() => props.onZoom(1.5)}>
          <Plus />
        </Button>
      </Tooltip>
      <Tooltip text="Fit the whole field" keys="0">
        <Button variant="quiet" size="icon-sm" aria-label="Fit" onClick={props.onFit}>
          <Maximize />
        </Button>
      </Tooltip>
      <div className="min-w-0 flex-1 truncate px-1 text-right text-xs text-ink-3">{props.note}</div>
      <label className="flex items-center gap-2 text-xs text-ink-3">
        <span className="@max-2xl:hidden">Opacity</span>
        <input
          type="range"
          aria-label="Opacity of the mask"
          min={10}
          max={100}
          step={5}
          value={Math.round(props.opacity * 100)}
          disabled={!props.maskAvailable || props.maskMode === 'off'}
          onChange={(event) => props.onOpacity(Number(event.target.value) / 100)}
          className="h-4 w-20 accent-accent disabled:opacity-40 @max-2xl:w-12"
        />
      </label>
      <SegmentedControl
        label="Mask"
        value={props.maskMode}
        onChange={props.onMaskMode}
        choices={MODES}
        disabled={!props.maskAvailable}
        className="ml-2 [&_button]:h-7"
      />
      {props.editing === null ? null : (
        <Tooltip text="Correct the mask" keys="e">
          <Button
            size="sm"
            aria-label="Correct the mask"
            aria-pressed={props.editing}
            onClick={() => props.onEditing(!props.editing)}
            className={cn('ml-1', props.editing && 'border-accent bg-accent-soft')}
          >
            <Brush /> Correct
          </Button>
        </Tooltip>
      )}
    </div>
  );
}
