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

/** Connected components of the pixels that equal `value`: 8 neighbours for the mask, 4 for what it leaves free. */
export function connectedComponents(
  mask: Uint8Array,
  width: number,
  height: number,
  value: 0 | 1 = 1,
): Components {
  const labels = new Int32Array(mask.length);
  const stack = new Int32Array(mask.length);
  const list: Component[] = [];
  const diagonal = value === 1;
  for (let start = 0; start < mask.length; start++) {
    if (mask[start] !== value || labels[start] !== 0) continue;
    const label = list.length + 1;
    let area = 0;
    let atBorder = false;
    let depth = 0;
    labels[start] = label;
    stack[depth++] = start;
    while (depth > 0) {
      const at = stack[--depth] ?? 0;
      const x = at % width;
      const y = (at - x) / width;
      area++;
      if (x === 0 || y === 0 || x === width - 1 || y === height - 1) atBorder = true;
      for (let dy = y > 0 ? -1 : 0; dy <= (y < height - 1 ? 1 : 0); dy++) {
        for (let dx = x > 0 ? -1 : 0; dx <= (x < width - 1 ? 1 : 0); dx++) {
          if (!diagonal && dx !== 0 && dy !== 0) continue;
          const next = at + dy * width + dx;
          if (mask[next] !== value || labels[next] !== 0) continue;
          labels[next] = label;
          stack[depth++] = next;
        }
      }
    }
    list.push({ label, area, atBorder });
  }
  return { labels, list };
}

/** The mask with only the components that `keep` accepts. */
export function keepComponents(components: Components, keep: (component: Component) => boolean): Uint8Array {
  const kept = new Uint8Array(components.list.length + 1);
  for (const component of components.list) kept[component.label] = keep(component) ? 1 : 0;
  return Uint8Array.from(components.labels, (label) => kept[label] ?? 0);
}

/** Fills the holes of at most `maximum` pixels that do not reach the border. */
export function fillHoles(mask: Uint8Array, width: number, height: number, maximum: number): Uint8Array {
  const free = connectedComponents(mask, width, height, 0);
  return keepComponents(free, ({ area, atBorder }) => atBorder || area > maximum).map((value) => 1 - value);
}
