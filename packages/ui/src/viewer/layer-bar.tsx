'use client';

import { cn } from '../cn.ts';
import { SegmentedControl } from '../controls/radio-group.tsx';
import { Tooltip } from '../feedback/tooltip.tsx';
import { STAGES, type StageName } from '../stages/stages.ts';
import { VIRIDIS_GRADIENT } from './color-map.ts';
import type { FieldLayers } from './layers.ts';

const HEAT_CHOICES = [
  { value: 'off', label: 'Off' },
  ...STAGES.map((stage) => ({ value: stage, label: stage })),
] as const satisfies readonly { value: 'off' | StageName; label: string }[];

interface LayerState {
  /** Whether the nuclei could not be loaded. */
  failed: boolean;
  /** Highest grey of the heatmap shown; null: it could not be loaded, undefined: it is not there yet. */
  heat?: number | null | undefined;
}

/** Greys below this are not seen. */
const FAINT = 13;

function remark({ heat: shown }: FieldLayers, { failed, heat }: LayerState): string | null {
  if (failed || heat === null) return 'A layer could not be loaded.';
  if (shown?.stage && heat !== undefined && heat < FAINT) return `No place here speaks for ${shown.stage}.`;
  return null;
}

/**
 * Switches for what can be laid over the field beside the mask. Keeps its height when there is nothing to switch; where it is
 * narrow, explanations give way to the switches.
 */
export function LayerBar({ layers, ...state }: { layers: FieldLayers | null } & LayerState) {
  return (
    <div className="@container flex h-9 items-center gap-1 overflow-x-auto border-b border-rule px-2">
      {layers ? <Switches layers={layers} {...state} /> : null}
    </div>
  );
}

function Switches({ layers, ...state }: { layers: FieldLayers } & LayerState) {
  const { corrected, nuclei, boxes, heat } = layers;
  return (
    <>
      {corrected ? (
        <Toggle
          label="Corrected"
          keys="v"
          text={`Mask ${corrected.by}; off: as the model drew it`}
          on={corrected.shown}
          onChange={corrected.onShown}
        />
      ) : null}
      {boxes ? (
        <Toggle
          label="Cells"
          keys="b"
          text="A box around every white cell"
          on={boxes.shown}
          onChange={boxes.onShown}
        />
      ) : null}
      {nuclei ? (
        <Toggle
          label="Nuclei"
          keys="n"
          text="Outline of the nuclei"
          on={nuclei.shown}
          onChange={nuclei.onShown}
        />
      ) : null}
      <span className="min-w-0 flex-1 truncate px-2 text-right text-xs text-ink-3">
        {remark(layers, state) ?? layers.note}
      </span>
      {heat ? (
        <>
          <span
            aria-hidden="true"
            className={cn(
              'flex items-center gap-1.5 text-2xs text-ink-3 @max-2xl:hidden',
              heat.stage === null && 'invisible',
            )}
          >
            none
            <span className="h-2 w-14 rounded-[2px]" style={{ background: VIRIDIS_GRADIENT }} />
            most
          </span>
          <label className="ml-2 flex items-center gap-2 text-xs text-ink-3">
            <span className="@max-2xl:hidden">Opacity</span>
            <input
              type="range"
              aria-label="Opacity of the heatmap"
              min={10}
              max={100}
              step={5}
              value={Math.round(heat.opacity * 100)}
              disabled={heat.stage === null}
              onChange={(event) => heat.onOpacity(Number(event.target.value) / 100)}
              className="h-4 w-20 accent-accent disabled:opacity-40 @max-2xl:w-14"
            />
          </label>
          <Tooltip text="What speaks for a stage, and where" keys="h">
            <span className="ml-2 text-xs text-ink-3">Heatmap</span>
          </Tooltip>
          <SegmentedControl
            label="Heatmap"
            value={heat.stage ?? 'off'}
            onChange={(value) => heat.onStage(value === 'off' ? null : value)}
            choices={HEAT_CHOICES}
            className="ml-1 [&_button]:h-7"
          />
        </>
      ) : null}
    </>
  );
}

function Toggle(props: {
  label: string;
  keys: string;
  text: string;
  on: boolean;
  onChange: (on: boolean) => void;
}) {
  return (
    <Tooltip text={props.text} keys={props.keys}>
      <button
        type="button"
        aria-pressed={props.on}
        onClick={() => props.onChange(!props.on)}
        className={cn(
          'h-7 shrink-0 rounded-md border px-2 text-xs font-medium',
          props.on ? 'border-accent bg-accent-soft text-ink' : 'border-edge/70 text-ink-2 hover:bg-hover',
        )}
      >
        {props.label}
      </button>
    </Tooltip>
  );
}
