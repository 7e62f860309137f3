import { canonicalJson } from '@blastwise/contracts';
import { STAGE_LOGITS_TAP } from '../architecture/head/head.ts';
import { type Artifact, digestOf, hybridConfigOf, sha256 } from '../artifact/index.ts';
import { OOD_TENSORS } from '../ood/index.ts';

const ofTheHead = (name: string): boolean =>
  /^head_\d+_/.test(name) || name.startsWith(`${STAGE_LOGITS_TAP}/`);
const ofTheNovelty = (name: string): boolean => Object.values<string>(OOD_TENSORS).includes(name);

/**
 * Identifies everything that turns an image into features: preprocessing, layers and weights below the head. Models
 * whose head alone was trained again share it.
 */
export function networkDigest({ manifest, weights }: Pick<Artifact, 'manifest' | 'weights'>): string {
  const config = hybridConfigOf(manifest, 'judged by what its network sees');
  const { head: _head, dropout: _dropout, l2: _l2, seed: _seed, ...layers } = config;
  const hashes = [...weights.values()].flatMap(({ name, dtype, shape, data }): [string, string][] => {
    if (ofTheHead(name) || ofTheNovelty(name)) return [];
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return [[`${name} ${dtype} ${shape.join('x')}`, sha256(bytes)]];
  });
  const settings = sha256(canonicalJson({ preprocessing: manifest.preprocessing, layers }));
  return digestOf({ ...Object.fromEntries(hashes), settings });
}
