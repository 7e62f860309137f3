import type { StageVector } from '@blastwise/contracts';
import type { EvidenceMap, FieldExplanation } from '../explain/index.ts';
import { FIELD_SIZE, type Placement } from '../images/index.ts';
import { letterboxFactor, planTiles, type Tile, type TilePlan } from '../scale/index.ts';

/** An explanation and where the image lies in the field that it explains. */
export interface Explanation extends FieldExplanation {
  readonly placement: Placement;
}

/** What one tile says, and its share in the answer; the shares of all tiles add up to 1. */
export interface WeightedExplanation {
  readonly tile: Tile;
  readonly weight: number;
  readonly explanation: FieldExplanation;
}

/** Places along each side of the evidence of a tiled image: 2 pixels of its letterboxed copy each. */
const SIDE = FIELD_SIZE / 2;

type Four = readonly [Float64Array, Float64Array, Float64Array, Float64Array];

const scaled = (by: number, [a, b, c, d]: StageVector): StageVector => [by * a, by * b, by * c, by * d];
const added = (x: StageVector, y: StageVector): StageVector => [
  x[0] + y[0],
  x[1] + y[1],
  x[2] + y[2],
  x[3] + y[3],
];

/** Bilinear value of a map at a point of its field, pixels. */
function sample(values: Float64Array, side: number, x: number, y: number): number {
  const place = (at: number): number => Math.min(Math.max((at * side) / FIELD_SIZE - 0.5, 0), side - 1);
  const [px, py] = [place(x), place(y)];
  const [x0, y0] = [Math.floor(px), Math.floor(py)];
  const [x1, y1] = [Math.min(x0 + 1, side - 1), Math.min(y0 + 1, side - 1)];
  const row = (at: number): number =>
    (values[at * side + x0] ?? 0) * (x0 + 1 - px) + (values[at * side + x1] ?? 0) * (px - x0);
  return row(y0) * (y0 + 1 - py) + row(y1) * (py - y0);
}

/** Paints the part of the letterboxed image that a tile owns with the tile's evidence. */
function paint(
  target: Four,
  { tile, weight, explanation: { evidence } }: WeightedExplanation,
  placement: Placement,
  plan: TilePlan,
): void {
  const step = FIELD_SIZE / SIDE;
  const [sx, sy] = [plan.width / placement.width, plan.height / placement.height];
  for (let row = 0; row < SIDE; row++) {
    const y = ((row + 0.5) * step - placement.top) * sy;
    if (y < tile.owned.top || y >= tile.owned.bottom) continue;
    for (let column = 0; column < SIDE; column++) {
      const x = ((column + 0.5) * step - placement.left) * sx;
      if (x < tile.owned.left || x >= tile.owned.right) continue;
      const [fx, fy] = [x - tile.left + tile.placement.left, y - tile.top + tile.placement.top];
      for (const s of [0, 1, 2, 3] as const) {
        target[s][row * SIDE + column] = weight * sample(evidence.values[s], evidence.side, fx, fy);
      }
    }
  }
}

/**
 * One explanation of an image from those of its tiles: every part is the tiles' part times their share, so that the
 * parts add up to the lead of the pooled logits. The evidence of several tiles is laid over the letterboxed image; its
 * values keep their ratios but no longer their sum.
 */
export function poolExplanations(parts: readonly WeightedExplanation[], plan: TilePlan): Explanation | null {
  const [only] = parts;
  if (!only) return null;
  if (parts.length === 1) return { ...only.explanation, placement: only.tile.placement };
  const factor = letterboxFactor(plan.width, plan.height);
  const placement = planTiles(plan.width, plan.height, factor).tiles[0]?.placement ?? only.tile.placement;
  const places = (): Float64Array => new Float64Array(SIDE * SIDE);
  const values: Four = [places(), places(), places(), places()];
  for (const part of parts) paint(values, part, placement, plan);
  const evidence: EvidenceMap = { side: SIDE, values };
  const pooled = (of: (explanation: FieldExplanation) => StageVector): StageVector =>
    parts.reduce<StageVector>(
      (sum, { weight, explanation }) => added(sum, scaled(weight, of(explanation))),
      [0, 0, 0, 0],
    );
  return {
    evidence,
    placement,
    cells: parts.flatMap(({ weight, explanation }) => explanation.cells.map((cell) => scaled(weight, cell))),
    background: pooled(({ background }) => background),
    maskedImage: pooled(({ maskedImage }) => maskedImage),
    offset: pooled(({ offset }) => offset),
  };
}
