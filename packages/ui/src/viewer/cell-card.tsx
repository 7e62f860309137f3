import type { ReactNode } from 'react';
import type { CellBox } from './cell-layer.tsx';
import type { View } from './zoom.ts';

const GAP = 8;

/** What is said of a cell, beside its box in the frame, on the side where there is more of the image. */
export function CellCard(props: { cell: CellBox; view: View; imageWidth: number; children: ReactNode }) {
  const { cell, view } = props;
  const leftwards = cell.x + cell.width / 2 > props.imageWidth / 2;
  const x = leftwards ? cell.x * view.scale - GAP : (cell.x + cell.width) * view.scale + GAP;
  return (
    <div
      aria-hidden="true"
      className="animate-fade pointer-events-none absolute z-10 w-max max-w-64 rounded-md border border-rule bg-surface px-3 py-2 text-xs shadow-float"
      style={{
        left: view.x + x,
        top: Math.max(GAP, view.y + cell.y * view.scale),
        transform: leftwards ? 'translateX(-100%)' : undefined,
      }}
      data-testid="cell-card"
    >
      {props.children}
    </div>
  );
}
