import type { Box } from '../images/index.ts';
import type { CellCount } from './count-cells.ts';

/** The rectangles around the cells of a count, in the order of their numbers. */
export const boxesOf = ({ pixels }: Pick<CellCount, 'pixels'>, width: number): Box[] =>
  pixels.map((own) => {
    let [left, top, right, bottom] = [width, Number.MAX_SAFE_INTEGER, 0, 0];
    for (const at of own) {
      const y = Math.floor(at / width);
      const x = at - y * width;
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x + 1);
      bottom = Math.max(bottom, y + 1);
    }
    return { left, top, right, bottom };
  });
