'use client';

import { ImageOff } from 'lucide-react';
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { cn } from '../cn.ts';
import { useCharacterKeys } from '../keyboard/character-keys.ts';
import { CellCard } from './cell-card.tsx';
import { CellLayer } from './cell-layer.tsx';
import { type DrawnMask, EditBar, EditLayer, type MaskEditing, type MaskName } from './edit/index.ts';
import { HeatLayer, type PaintedHeat } from './heat-layer.tsx';
import { LayerBar } from './layer-bar.tsx';
import type { FieldLayers } from './layers.ts';
import { MaskLayer, type MaskMode } from './mask-layer.tsx';
import { useMask } from './use-mask.ts';
import { useView } from './use-view.ts';
import { ViewerToolbar } from './viewer-toolbar.tsx';
import { type Point, pixelAt } from './zoom.ts';

/** What a page's shortcuts may ask of the viewer. */
export interface ViewerHandle {
  zoomIn: () => void;
  zoomOut: () => void;
  fit: () => void;
}

export interface FieldViewerProps {
  ref?: Ref<ViewerHandle>;
  src: string;
  /** Size of the image in pixels. */
  width: number;
  height: number;
  /** What the image shows, in words. */
  label: string;
  maskSrc: string | null;
  maskMode: MaskMode;
  onMaskMode: (mode: MaskMode) => void;
  /** 0..1 */
  maskOpacity: number;
  onMaskOpacity: (opacity: number) => void;
  /** What else can be laid over the field; null before there is a result. */
  layers?: FieldLayers | null;
  /** Masks changed here and not recorded yet, in place of the stored ones. */
  drawn?: Readonly<Partial<Record<MaskName, DrawnMask>>>;
  /** Null: looking only. */
  editing?: MaskEditing | null;
  /** Begins and ends the correction of a mask; left out: the masks may not be corrected. */
  onEditing?: (editing: boolean) => void;
  /** A short fact beside the mask's controls, such as the number of cells. */
  note?: ReactNode;
  className?: string;
}

const ARROWS: Readonly<Record<string, [number, number]>> = {
  ArrowLeft: [80, 0],
  ArrowRight: [-80, 0],
  ArrowUp: [0, 80],
  ArrowDown: [0, -80],
};

const NO_LAYERS = { nuclei: null, heat: null, boxes: null };
const MASK_NAMES = ['mask', 'nucleus'] as const;

/** One field with its mask over it: zoom by wheel, pinch, keys or double-click, pan by drag or arrow keys. */
export function FieldViewer(props: FieldViewerProps) {
  const image = { width: props.width, height: props.height };
  const frame = useRef<HTMLDivElement>(null);
  const control = useView(frame, image);
  const mask = useMask(props.maskSrc);
  const { nuclei, heat, boxes } = props.layers ?? NO_LAYERS;
  const nucleus = useMask(nuclei?.shown ? nuclei.src : null);
  const heatSrc = heat?.stage ? heat.srcOf(heat.stage) : null;
  const [painted, setPainted] = useState<PaintedHeat | null>(null);
  const current = boxes?.current ?? null;
  const currentCell = current === null ? undefined : boxes?.cells[current];
  const zoomsByKeys = useCharacterKeys();
  const [broken, setBroken] = useState<string | null>(null);
  const [ratio, setRatio] = useState(1);
  useEffect(() => setRatio(window.devicePixelRatio), []);
  useImperativeHandle(props.ref, () => ({
    zoomIn: () => control.zoom(1.5),
    zoomOut: () => control.zoom(1 / 1.5),
    fit: control.fit,
  }));
  const { view } = control;
  const { drawn = {}, editing = null } = props;
  return (
    <section aria-label="Field viewer" className={cn('flex min-h-0 min-w-0 flex-col', props.className)}>
      <ViewerToolbar
        scale={view?.scale ?? null}
        onZoom={control.zoom}
        onFit={control.fit}
        maskMode={props.maskMode}
        onMaskMode={props.onMaskMode}
        maskAvailable={mask.state === 'ready' || drawn.mask !== undefined || editing !== null}
        opacity={props.maskOpacity}
        onOpacity={props.onMaskOpacity}
        editing={props.onEditing ? editing !== null : null}
        onEditing={(on) => props.onEditing?.(on)}
        note={mask.state === 'failed' ? 'The mask could not be loaded.' : props.note}
      />
      {editing ? (
        <EditBar editing={editing} />
      ) : (
        <LayerBar
          layers={props.layers ?? null}
          failed={nucleus.state === 'failed'}
          heat={painted?.src === heatSrc ? painted.hottest : undefined}
        />
      )}
      <div
        ref={frame}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the frame takes arrow keys to pan, so it must take focus
        tabIndex={0}
        aria-label={`${props.label}. ${zoomsByKeys ? 'Plus and minus zoom, 0 fits, arrow keys pan' : 'Arrow keys pan'}.`}
        data-arrows={control.overflowing ? '' : undefined}
        onKeyDown={(event) => {
          const step = control.overflowing ? ARROWS[event.key] : undefined;
          if (!step) return;
          event.preventDefault();
          control.pan(...step);
        }}
        className={cn(
          'relative min-h-0 flex-1 touch-none overflow-hidden bg-matte select-none focus-visible:-outline-offset-2',
          control.overflowing ? 'cursor-grab active:cursor-grabbing' : 'cursor-crosshair',
        )}
      >
        {broken === props.src ? (
          <p className="absolute inset-0 flex flex-col items-center justify-center gap-2 text-sm text-ink-2">
            <ImageOff className="size-5" aria-hidden="true" />
            The image could not be loaded.
          </p>
        ) : null}
        <div
          className="absolute top-0 left-0 origin-top-left"
          style={{
            width: props.width,
            height: props.height,
            visibility: view && broken !== props.src ? 'visible' : 'hidden',
            transform: view ? `translate(${view.x}px, ${view.y}px) scale(${view.scale})` : undefined,
          }}
        >
          <img
            key={props.src}
            src={props.src}
            alt={props.label}
            width={props.width}
            height={props.height}
            draggable={false}
            onError={() => setBroken(props.src)}
            className="size-full max-w-none"
            style={{ imageRendering: view && view.scale * ratio > 2 ? 'pixelated' : 'auto' }}
          />
          {heatSrc !== null && heat ? (
            <HeatLayer src={heatSrc} opacity={heat.opacity} onPainted={setPainted} />
          ) : null}
          {mask.state === 'ready' && view && !drawn.mask ? (
            <MaskLayer
              of="mask"
              shape={mask.shape}
              mode={props.maskMode}
              opacity={props.maskOpacity}
              scale={(view.scale * props.width) / mask.shape.width}
            />
          ) : null}
          {nucleus.state === 'ready' && view && !drawn.nucleus ? (
            <MaskLayer
              of="nucleus"
              shape={nucleus.shape}
              mode="outline"
              opacity={1}
              scale={(view.scale * props.width) / nucleus.shape.width}
            />
          ) : null}
          {boxes && view ? <CellLayer {...boxes} image={image} scale={view.scale} /> : null}
        </div>
        {MASK_NAMES.map((of) => {
          const changed = drawn[of];
          return changed && view ? (
            <EditLayer
              key={of}
              of={of}
              drawn={changed}
              editing={editing?.of === of ? editing : null}
              image={image}
              view={view}
              mode={props.maskMode}
              opacity={props.maskOpacity}
            />
          ) : null;
        })}
        {boxes && view && current !== null && currentCell ? (
          <CellCard cell={currentCell} view={view} imageWidth={props.width}>
            {boxes.describe(current)}
          </CellCard>
        ) : null}
        <PixelReadout frame={frame} locate={(at) => (view ? pixelAt(view, at, image) : null)} />
        <span className="tabular pointer-events-none absolute right-2 bottom-2 rounded-sm bg-surface/85 px-1.5 font-mono text-2xs text-ink-2">
          {props.width} × {props.height} px
        </span>
      </div>
    </section>
  );
}

/** The pixel under the pointer; a part of its own, so that moving the pointer draws nothing else again. */
function PixelReadout(props: {
  frame: { readonly current: HTMLElement | null };
  locate: (at: Point) => Point | null;
}) {
  const [at, setAt] = useState<Point | null>(null);
  const { frame } = props;
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const move = (event: PointerEvent) => {
      const box = element.getBoundingClientRect();
      setAt({ x: event.clientX - box.left, y: event.clientY - box.top });
    };
    const leave = () => setAt(null);
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerleave', leave);
    return () => {
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerleave', leave);
    };
  }, [frame]);
  const pixel = at ? props.locate(at) : null;
  if (!pixel) return null;
  return (
    <span
      aria-hidden="true"
      className="tabular pointer-events-none absolute bottom-2 left-2 rounded-sm bg-surface/85 px-1.5 font-mono text-2xs whitespace-pre text-ink-2"
    >
      {`x ${String(pixel.x).padStart(4)}  y ${String(pixel.y).padStart(4)}`}
    </span>
  );
}
