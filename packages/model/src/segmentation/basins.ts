/** Basins that grow from the peaks of a depth map and merge where no real neck parts them. */
export class Basins {
  /** Basin by pixel, 0 for none; only {@link root} of it is final. */
  readonly of: Int32Array;
  readonly #parent: number[] = [0];
  readonly #peak: number[] = [0];
  readonly #isNeck: (peak: number, depth: number) => boolean;

  /** @param isNeck whether a place of `depth` parts a basin of `peak` from a deeper one. */
  constructor(pixels: number, isNeck: (peak: number, depth: number) => boolean) {
    this.of = new Int32Array(pixels);
    this.#isNeck = isNeck;
  }

  root(label: number): number {
    const parent = this.#parent;
    let at = label;
    for (let up = parent[at] ?? 0; up !== at; up = parent[at] ?? 0) at = up;
    if (at !== label) parent[label] = at;
    return at;
  }

  open(peak: number): number {
    this.#peak.push(peak);
    return this.#parent.push(this.#parent.length) - 1;
  }

  /** Two basins meet at `depth`: the shallower one is swallowed unless a neck parts them. */
  meet(one: number, other: number, depth: number): void {
    const [a, b] = [this.root(one), this.root(other)];
    if (a === b) return;
    const [deep, shallow] = (this.#peak[a] ?? 0) >= (this.#peak[b] ?? 0) ? [a, b] : [b, a];
    if (!this.#isNeck(this.#peak[shallow] ?? 0, depth)) this.#parent[shallow] = deep;
  }

  /**
   * Numbers the basins of at least `smallest` pixels 1, 2, ... in place; pixels of the others are 0 then.
   * @param pixels those that lie in a basin.
   * @returns those of each numbered basin, in the order of the numbers.
   */
  number(pixels: Int32Array, smallest: number): Int32Array[] {
    const { of } = this;
    const areas = new Int32Array(this.#parent.length);
    for (const i of pixels) {
      const root = this.root(of[i] ?? 0);
      of[i] = root;
      areas[root] = (areas[root] ?? 0) + 1;
    }
    const own: Int32Array[] = [];
    const numbers = areas.map((area) => (area > 0 && area >= smallest ? own.push(new Int32Array(area)) : 0));
    const filled = new Int32Array(own.length + 1);
    for (const i of pixels) {
      const number = numbers[of[i] ?? 0] ?? 0;
      of[i] = number;
      const basin = number > 0 ? own[number - 1] : undefined;
      if (!basin) continue;
      const n = filled[number] ?? 0;
      basin[n] = i;
      filled[number] = n + 1;
    }
    return own;
  }
}
