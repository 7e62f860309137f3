/** Connected components of `n` items under undirected links: for each item the lowest index it is linked to. */
export function components(n: number, links: readonly (readonly [number, number])[]): number[] {
  const parent = Array.from({ length: n }, (_, i) => i);
  const rootOf = (i: number): number => {
    let root = i;
    while (parent[root] !== root) root = parent[root] ?? root;
    let at = i;
    while (parent[at] !== root) {
      const next = parent[at] ?? root;
      parent[at] = root;
      at = next;
    }
    return root;
  };
  for (const [a, b] of links) {
    const [low, high] = [rootOf(a), rootOf(b)].sort((x, y) => x - y);
    if (low !== undefined && high !== undefined) parent[high] = low;
  }
  return parent.map((_, i) => rootOf(i));
}
