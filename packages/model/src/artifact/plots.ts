import type { Artifact } from './load.ts';

/** The pictures that stand beside the card: SVG by file name. */
export function artifactPlots({ manifest, file }: Artifact): Record<string, string> {
  const names = Object.keys(manifest.files).filter((name) => name.endsWith('.svg'));
  return Object.fromEntries(names.map((name) => [name, new TextDecoder().decode(file(name))]));
}
