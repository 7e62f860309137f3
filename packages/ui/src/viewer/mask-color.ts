/** Cyan stands out from both the purple of white cells and the pink of red ones; yellow stands out from cyan, too. */
export const MASK_COLOR = {
  mask: { css: '#00c2d1', rgb: [0, 194, 209] },
  nucleus: { css: '#ffe14d', rgb: [255, 225, 77] },
} as const;
