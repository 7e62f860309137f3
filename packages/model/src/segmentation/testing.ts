/** A mask drawn in text, `#` inside. */
export function drawing(rows: readonly string[]): { mask: Uint8Array; width: number; height: number } {
  const cells = rows.flatMap((row) => [...row].map((character) => (character === '#' ? 1 : 0)));
  return { mask: Uint8Array.from(cells), width: rows[0]?.length ?? 0, height: rows.length };
}

export interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

export function discs(width: number, height: number, list: readonly Disc[]): Uint8Array {
  const mask = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (list.some((d) => (x - d.x) ** 2 + (y - d.y) ** 2 <= d.radius ** 2)) mask[y * width + x] = 1;
    }
  }
  return mask;
}
