'use client';

import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';
import type { Point } from '../zoom.ts';
import type { Stroke } from './strokes.ts';

/** The other end of a pen. */
const PEN_ERASER = 5;

interface Painting {
  /** Off: pointers are left to the frame, which pans. */
  enabled: boolean;
  tool: Stroke['tool'];
  size: number;
  /** The pixel under a point of the frame; beyond the image, too. */
  pixelOf: (at: Point) => Point;
  /** The stroke so far; its points from `from` on are new. */
  onDraw: (stroke: Stroke, from: number) => void;
  onEnd: (stroke: Stroke) => void;
  onHover: (at: Point | null) => void;
}

/**
 * Draws with mouse and pen. Fingers pan and zoom, so that a hand may rest on the screen; so does a mouse with Shift held.
 * What a pointer draws belongs to one stroke until it is lifted, wherever it goes.
 */
export function usePainting(surface: RefObject<HTMLElement | null>, painting: Painting): void {
  const stroke = useRef<{ pointer: number; line: Stroke & { points: number[] } } | null>(null);
  const add = useEffectEvent((at: Point) => {
    const drawing = stroke.current;
    if (!drawing) return;
    const { x, y } = painting.pixelOf(at);
    const { points } = drawing.line;
    if (points.at(-2) === x && points.at(-1) === y) return;
    points.push(x, y);
    painting.onDraw(drawing.line, points.length / 2 - 1);
  });
  const start = useEffectEvent((event: PointerEvent, at: Point): boolean => {
    const draws = event.button === 0 || event.button === PEN_ERASER;
    if (!painting.enabled || !draws || event.pointerType === 'touch' || event.shiftKey) return false;
    const tool = event.button === PEN_ERASER ? 'eraser' : painting.tool;
    stroke.current = { pointer: event.pointerId, line: { tool, size: painting.size, points: [] } };
    add(at);
    return true;
  });
  const end = useEffectEvent((pointer: number) => {
    const drawn = stroke.current;
    if (drawn?.pointer !== pointer) return;
    stroke.current = null;
    painting.onEnd(drawn.line);
  });
  const hover = useEffectEvent((at: Point | null) => painting.onHover(at));
  const takesDoubleClick = useEffectEvent(() => painting.enabled);

  useEffect(() => {
    const element = surface.current;
    if (!element) return;
    const at = (event: MouseEvent): Point => {
      const box = element.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };
    const listeners = new AbortController();
    const options = { signal: listeners.signal };
    element.addEventListener(
      'pointerdown',
      (event) => {
        if (!start(event, at(event))) return;
        // The frame would pan.
        event.stopPropagation();
        element.setPointerCapture(event.pointerId);
      },
      options,
    );
    element.addEventListener(
      'pointermove',
      (event) => {
        hover(event.pointerType === 'touch' ? null : at(event));
        if (stroke.current?.pointer !== event.pointerId) return;
        const between = event.getCoalescedEvents();
        for (const moved of between.length > 0 ? between : [event]) add(at(moved));
      },
      options,
    );
    for (const type of ['pointerup', 'pointercancel'] as const) {
      element.addEventListener(type, (event) => end(event.pointerId), options);
    }
    element.addEventListener('pointerleave', () => hover(null), options);
    element.addEventListener('dblclick', (event) => takesDoubleClick() && event.stopPropagation(), options);
    return () => listeners.abort();
  }, [surface]);
}
