export interface Component {
  readonly label: number;
  /** Pixels. */
  readonly area: number;
  /** Whether it reaches the border of the image. */
  readonly atBorder: boolean;
}

/** The stretches along rows that components are made of, in the order of their pixels. */
interface Runs {
  /** First pixel of each, and one beyond the last. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Labels, 1..n. */
  readonly labels: Int32Array;
}

export interface Components {
  /** In the order of their labels, which is that of their first pixels. */
  readonly list: readonly Component[];
  readonly pixels: number;
  readonly runs: Runs;
}

/** Disjoint sets of runs; the first run of a set stands for it. */
class RunSets {
  readonly #parent: number[] = [];

  add(): void {
    this.#parent.push(this.#parent.length);
  }

  root(run: number): number {
    let at = run;
    for (let up = this.#parent[at] ?? 0; up !== at; up = this.#parent[at] ?? 0) at = up;
    return at;
  }

  join(a: number, b: number): void {
    const [one, other] = [this.root(a), this.root(b)];
    const first = Math.min(one, other);
    this.#parent[one] = first;
    this.#parent[other] = first;
  }

  /** Numbers 1..count by run, and the count. */
  numbered(): { labels: Int32Array; count: number } {
    const labels = new Int32Array(this.#parent.length);
    let count = 0;
    for (let run = 0; run < labels.length; run++) {
      const root = this.root(run);
      labels[run] = root === run ? ++count : (labels[root] ?? 0);
    }
    return { labels, count };
  }
}

/** Connected components of the pixels that equal `value`: 8 neighbours for the mask, 4 for what it leaves free. */
export function connectedComponents(
  mask: Uint8Array,
  width: number,
  height: number,
  value: 0 | 1 = 1,
): Components {
  const [starts, ends]: [number[], number[]] = [[], []];
  const sets = new RunSets();
  // How far a run reaches beyond its ends to meet one of the row above: diagonals join the mask alone.
  const reach = value;
  let above = 0;
  for (let row = 0; row < mask.length; row += width) {
    const own = starts.length;
    for (let at = row, end = row + width; at < end; at++) {
      if (mask[at] !== value) continue;
      const start = at;
      while (at < end && mask[at] === value) at++;
      const run = starts.push(start) - 1;
      ends.push(at);
      sets.add();
      while (above < own && (ends[above] ?? 0) + width + reach <= start) above++;
      for (let i = above; i < own && (starts[i] ?? 0) + width < at + reach; i++) sets.join(i, run);
    }
    above = own;
  }
  const { labels, count } = sets.numbered();
  const areas = new Int32Array(count + 1);
  const border = new Uint8Array(count + 1);
  for (let run = 0; run < labels.length; run++) {
    const [label, start, end] = [labels[run] ?? 0, starts[run] ?? 0, ends[run] ?? 0];
    areas[label] = (areas[label] ?? 0) + end - start;
    const atBorder = start % width === 0 || end % width === 0 || start < width || end > width * (height - 1);
    if (atBorder) border[label] = 1;
  }
  const list = Array.from({ length: count }, (_, i) => ({
    label: i + 1,
    area: areas[i + 1] ?? 0,
    atBorder: border[i + 1] === 1,
  }));
  return { list, pixels: mask.length, runs: { starts, ends, labels } };
}

/** Writes what `values` has for its component into every pixel of every run. */
function paint<Pixels extends Int32Array | Uint8Array>(
  { runs: { starts, ends, labels } }: Components,
  target: Pixels,
  values: ArrayLike<number>,
): Pixels {
  for (let run = 0; run < labels.length; run++) {
    const value = values[labels[run] ?? 0] ?? 0;
    if (value !== 0) target.fill(value, starts[run], ends[run]);
  }
  return target;
}

/** 0 outside, else the component's label. */
export function labelsOf(components: Components): Int32Array {
  const own = Int32Array.from({ length: components.list.length + 1 }, (_, label) => label);
  return paint(components, new Int32Array(components.pixels), own);
}

/** The mask with only the components that `keep` accepts. */
export function keepComponents(components: Components, keep: (component: Component) => boolean): Uint8Array {
  const kept = new Uint8Array(components.list.length + 1);
  for (const component of components.list) kept[component.label] = keep(component) ? 1 : 0;
  return paint(components, new Uint8Array(components.pixels), kept);
}

/** Tells the components that a mask of 0|1 touches. */
export function touchedBy(
  { list, runs: { starts, ends, labels } }: Components,
  mask: Uint8Array,
): (component: Component) => boolean {
  const touched = new Uint8Array(list.length + 1);
  for (let run = 0; run < labels.length; run++) {
    const [label, end] = [labels[run] ?? 0, ends[run] ?? 0];
    for (let at = starts[run] ?? 0; at < end && touched[label] === 0; at++) touched[label] = mask[at] ?? 0;
  }
  return ({ label }) => touched[label] === 1;
}

/** Fills the holes of at most `maximum` pixels that do not reach the border. */
export function fillHoles(mask: Uint8Array, width: number, height: number, maximum: number): Uint8Array {
  const free = connectedComponents(mask, width, height, 0);
  const outside = keepComponents(free, ({ area, atBorder }) => atBorder || area > maximum);
  for (let i = 0; i < outside.length; i++) outside[i] = outside[i] === 0 ? 1 : 0;
  return outside;
}
