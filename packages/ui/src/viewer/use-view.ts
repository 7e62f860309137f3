'use client';

import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import { contain, fit, type Point, panBy, reframe, type Size, type View, zoomAt } from './zoom.ts';

interface ViewState {
  frame: Size;
  view: View;
  fitted: boolean;
}

export interface ViewControl {
  /** Null until the frame has been measured. */
  view: View | null;
  /** Whether some of the image lies outside the frame. */
  overflowing: boolean;
  zoom: (factor: number, at?: Point) => void;
  pan: (dx: number, dy: number) => void;
  fit: () => void;
}

/** Zoom and pan of one image in a frame, by wheel, drag, pinch and double-click. Nothing here causes layout. */
export function useView(frameRef: RefObject<HTMLElement | null>, image: Size): ViewControl {
  const [state, setState] = useState<ViewState | null>(null);
  const pointers = useRef(new Map<number, Point>());

  const change = (next: (s: ViewState) => View, fitted = false) =>
    setState((s) => (s ? { ...s, view: next(s), fitted } : s));
  const middle = (s: ViewState): Point => ({ x: s.frame.width / 2, y: s.frame.height / 2 });
  const zoom = (factor: number, at?: Point) =>
    change((s) => zoomAt(s.view, factor, at ?? middle(s), s.frame, image));
  const pan = (dx: number, dy: number) => change((s) => panBy(s.view, dx, dy, s.frame, image));
  const refit = () => change((s) => fit(s.frame, image), true);

  const onResize = useEffectEvent((frame: Size) =>
    setState((s) =>
      s && !s.fitted
        ? { frame, view: contain(reframe(s.view, s.frame, frame, image), frame, image), fitted: false }
        : { frame, view: fit(frame, image), fitted: true },
    ),
  );
  const onWheel = useEffectEvent((event: WheelEvent, at: Point) => {
    event.preventDefault();
    // A pinch on a track pad arrives as a wheel with ctrl held and small steps.
    const step = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY;
    zoom(Math.exp(-step * (event.ctrlKey ? 0.01 : 0.0022)), at);
  });
  const onMove = useEffectEvent((id: number, to: Point) => {
    const from = pointers.current.get(id);
    if (!from) return;
    const other = [...pointers.current].find(([key]) => key !== id)?.[1];
    pointers.current.set(id, to);
    if (!other) return pan(to.x - from.x, to.y - from.y);
    const apart = (p: Point) => Math.max(1, Math.hypot(p.x - other.x, p.y - other.y));
    zoom(apart(to) / apart(from), { x: (to.x + other.x) / 2, y: (to.y + other.y) / 2 });
    pan((to.x - from.x) / 2, (to.y - from.y) / 2);
  });
  const onDoubleClick = useEffectEvent((at: Point) => (state?.fitted === false ? refit() : zoom(3, at)));

  useEffect(() => {
    const frame = frameRef.current;
    if (!frame) return;
    const held = pointers.current;
    const at = (event: MouseEvent): Point => {
      const box = frame.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };
    const listeners = new AbortController();
    const options = { signal: listeners.signal };
    const release = (event: PointerEvent) => held.delete(event.pointerId);
    frame.addEventListener('wheel', (e) => onWheel(e, at(e)), { ...options, passive: false });
    frame.addEventListener('dblclick', (e) => onDoubleClick(at(e)), options);
    frame.addEventListener(
      'pointerdown',
      (e) => {
        if (e.button !== 0) return;
        frame.setPointerCapture(e.pointerId);
        held.set(e.pointerId, at(e));
      },
      options,
    );
    frame.addEventListener('pointermove', (e) => onMove(e.pointerId, at(e)), options);
    frame.addEventListener('pointerup', release, options);
    frame.addEventListener('pointercancel', release, options);
    const observer = new ResizeObserver(() =>
      onResize({ width: frame.clientWidth, height: frame.clientHeight }),
    );
    observer.observe(frame);
    return () => {
      listeners.abort();
      observer.disconnect();
      held.clear();
    };
  }, [frameRef]);

  const overflowing =
    state !== null &&
    (image.width * state.view.scale > state.frame.width + 1 ||
      image.height * state.view.scale > state.frame.height + 1);
  return { view: state?.view ?? null, overflowing, zoom, pan, fit: refit };
}
