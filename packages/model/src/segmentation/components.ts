export interface Component {
  readonly label: number;
  /** Pixels. */
  readonly area: number;
  /** Whether it reaches the border of the image. */
  readonly atBorder: boolean;
}

export interface Components {
  /** 0 outside, else the component's label, 1..n. */
  readonly labels: Int32Array;
  readonly list: readonly Component[];
}

/** Disjoint sets of provisional labels; the lowest label of a set stands for it. */
class LabelSets {
  readonly #parent: number[] = [0];

  add(): number {
    return this.#parent.push(this.#parent.length) - 1;
  }

  root(label: number): number {
    let at = label;
    for (let up = this.#parent[at] ?? 0; up !== at; up = this.#parent[at] ?? 0) at = up;
    return at;
  }

  /** Joins two sets; 0 joins with nothing. Returns the label that stands for both. */
  join(a: number, b: number): number {
    if (a === b || b === 0) return a;
    if (a === 0) return b;
    const [one, other] = [this.root(a), this.root(b)];
    const lower = Math.min(one, other);
    this.#parent[one] = lower;
    this.#parent[other] = lower;
    return lower;
  }

  /** Final labels 1..n by provisional label, and n. */
  numbered(): { numbers: Int32Array; count: number } {
    const numbers = new Int32Array(this.#parent.length);
    let count = 0;
    for (let label = 1; label < numbers.length; label++) {
      const root = this.root(label);
      numbers[label] = root === label ? ++count : (numbers[root] ?? 0);
    }
    return { numbers, count };
  }
}

/** Connected components of the pixels that equal `value`: 8 neighbours for the mask, 4 for what it leaves free. */
export function connectedComponents(
  mask: Uint8Array,
  width: number,
  height: number,
  value: 0 | 1 = 1,
): Components {
  const labels = new Int32Array(mask.length);
  const sets = new LabelSets();
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (mask[at] !== value) continue;
      let label = x > 0 ? (labels[at - 1] ?? 0) : 0;
      if (y > 0) {
        label = sets.join(label, labels[at - width] ?? 0);
        if (value === 1 && x > 0) label = sets.join(label, labels[at - width - 1] ?? 0);
        if (value === 1 && x < width - 1) label = sets.join(label, labels[at - width + 1] ?? 0);
      }
      labels[at] = label === 0 ? sets.add() : label;
    }
  }
  const { numbers, count } = sets.numbered();
  const areas = new Int32Array(count + 1);
  const border = new Uint8Array(count + 1);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const label = numbers[labels[at] ?? 0] ?? 0;
      labels[at] = label;
      areas[label] = (areas[label] ?? 0) + 1;
      if (x === 0 || y === 0 || x === width - 1 || y === height - 1) border[label] = 1;
    }
  }
  const list = Array.from({ length: count }, (_, i) => ({
    label: i + 1,
    area: areas[i + 1] ?? 0,
    atBorder: border[i + 1] === 1,
  }));
  return { labels, list };
}

/** The mask with only the components that `keep` accepts. */
export function keepComponents(
  { labels, list }: Components,
  keep: (component: Component) => boolean,
): Uint8Array {
  const kept = new Uint8Array(list.length + 1);
  for (const component of list) kept[component.label] = keep(component) ? 1 : 0;
  const mask = new Uint8Array(labels.length);
  for (let i = 0; i < mask.length; i++) mask[i] = kept[labels[i] ?? 0] ?? 0;
  return mask;
}

/** Fills the holes of at most `maximum` pixels that do not reach the border. */
export function fillHoles(mask: Uint8Array, width: number, height: number, maximum: number): Uint8Array {
  const free = connectedComponents(mask, width, height, 0);
  const outside = keepComponents(free, ({ area, atBorder }) => atBorder || area > maximum);
  for (let i = 0; i < outside.length; i++) outside[i] = outside[i] === 0 ? 1 : 0;
  return outside;
}
