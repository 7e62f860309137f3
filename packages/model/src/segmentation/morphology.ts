import { CHAMFER_UNIT, chamferDistance } from './distance.ts';

/** Keeps what a disc of `radius` pixels inside the mask can cover: thin bridges, fringes and specks go. */
export function openMask(mask: Uint8Array, width: number, height: number, radius: number): Uint8Array {
  const depth = chamferDistance(mask, width, height, 0);
  const core = mask.map((_, i) => ((depth[i] ?? 0) > radius * CHAMFER_UNIT ? 1 : 0));
  return growMask(core, width, height, radius);
}

/** Everything within `radius` pixels of the mask. */
export function growMask(mask: Uint8Array, width: number, height: number, radius: number): Uint8Array {
  const distance = chamferDistance(mask, width, height, 1);
  return mask.map((_, i) => ((distance[i] ?? 0) <= radius * CHAMFER_UNIT ? 1 : 0));
}
