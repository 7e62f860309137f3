import { DomainError } from '@blastwise/contracts';
import type { Lineage } from '../artifact/index.ts';
import { type DuplicatePair, findDuplicates, type Mark, marksInTurns, showsMarks } from '../dataset/index.ts';
import { components } from '../dataset/union-find.ts';
import type { ImageFingerprint } from './corrected-field.ts';

/** An image that nothing may be learned from. */
export interface LockedImage {
  readonly name: string;
  readonly group: string;
  /** SHA-256 of the image file; of a test set's, as the portal stores it. */
  readonly sha256: string;
  /** Of the file that was given, where that is another and known. */
  readonly fileSha256?: string | undefined;
  readonly fingerprint?: ImageFingerprint;
  /** Where no picture is at hand. With neither, only equal files are found. */
  readonly marks?: readonly Mark[];
}

/** An image of which no picture is at hand. */
export interface MarkedImage extends LockedImage {
  readonly marks: readonly Mark[];
}

/** What the guard needs of a field that asks to be learned from. */
export interface GuardedField {
  readonly id: string;
  readonly group: string;
  readonly fingerprint: ImageFingerprint;
}

export type Quarantined = Lineage['quarantined'][number];

type Pair = Pick<DuplicatePair, 'a' | 'b' | 'kind'>;

const KINDS = ['bytes', 'pixels', 'near'] as const;

/**
 * Leaves out every field that shows what a locked image shows: the same file, the same pixels, or a near-duplicate
 * (flipped, turned, shifted, encoded again; see `findDuplicates`, and `showsMarks` where there is no picture of it) of it or of
 * a field left out, for two shifts of one picture may be too far apart to be known as one.
 */
export function quarantineLeaks<Field extends GuardedField>(
  fields: readonly Field[],
  locked: readonly LockedImage[],
): { kept: Field[]; quarantined: Quarantined[] } {
  const prints = [
    ...fields.map(({ id, fingerprint }) => ({ ...fingerprint, path: id })),
    ...locked.flatMap(({ name, fingerprint }) => (fingerprint ? [{ ...fingerprint, path: name }] : [])),
  ];
  const marked = locked.flatMap(({ name, marks }) => (marks ? [{ name, marks }] : []));
  const names = [...prints.map(({ path }) => path), ...marked.map(({ name }) => name)];
  const isLocked = (i: number) => i >= fields.length;
  const pairs: Pair[] = [
    ...findDuplicates(prints),
    ...fields.flatMap(({ fingerprint }, a) =>
      likeMarks(fingerprint, marked).map((i) => ({ a, b: prints.length + i, kind: 'near' as const })),
    ),
  ];
  const component = components(
    names.length,
    pairs.map(({ a, b }) => [a, b]),
  );
  const lockedIn = new Map<number, number>();
  component.forEach((c, i) => {
    if (isLocked(i) && !lockedIn.has(c)) lockedIn.set(c, i);
  });
  const direct = closestPairs(pairs.filter(({ a, b }) => !isLocked(a) && isLocked(b)));
  const sameFile = new Map(locked.map(({ sha256, name }) => [sha256, name]));

  const kept: Field[] = [];
  const quarantined: Quarantined[] = [];
  fields.forEach((field, i) => {
    const file = sameFile.get(field.fingerprint.sha256);
    const pair = direct.get(i);
    const other = pair?.b ?? lockedIn.get(component[i] ?? i);
    if (file !== undefined) quarantined.push({ id: field.id, against: file, kind: 'bytes' });
    else if (other === undefined) kept.push(field);
    else quarantined.push({ id: field.id, against: names[other] ?? '', kind: pair?.kind ?? 'near' });
  });
  return { kept, quarantined };
}

/** Which of the images of which only marks are kept, by place, a picture shows. Some 20 microseconds an image. */
export function likeMarks(
  { thumbnail }: Pick<ImageFingerprint, 'thumbnail'>,
  marked: readonly Pick<MarkedImage, 'marks'>[],
): number[] {
  if (marked.length === 0) return [];
  const turns = marksInTurns(thumbnail);
  return marked.flatMap(({ marks }, i) => (showsMarks(turns, marks) ? [i] : []));
}

/** The group of every field, or, of groups that show the same picture (see `findDuplicates`), the first of them by name. */
export function groupsWithCopies(fields: readonly GuardedField[]): string[] {
  const names = [...new Set(fields.map(({ group }) => group))].sort();
  const groupAt = (i: number) => names.indexOf(fields[i]?.group ?? '');
  const pairs = findDuplicates(fields.map(({ id, fingerprint }) => ({ ...fingerprint, path: id })));
  const component = components(
    names.length,
    pairs.map(({ a, b }) => [groupAt(a), groupAt(b)]),
  );
  return fields.map((_, i) => names[component.indexOf(component[groupAt(i)] ?? 0)] ?? '');
}

/** For each first index the pair of the closest kind. */
function closestPairs(pairs: readonly Pair[]): Map<number, Pair> {
  const closest = new Map<number, Pair>();
  for (const pair of pairs) {
    const known = closest.get(pair.a);
    if (!known || KINDS.indexOf(pair.kind) < KINDS.indexOf(known.kind)) closest.set(pair.a, pair);
  }
  return closest;
}

interface Identity {
  readonly name: string;
  readonly group: string;
  readonly sha256: string;
}

/**
 * Stops a training in which a leak is left: a file or a group that stands among the fields to learn from and among the
 * locked images.
 *
 * @throws DomainError LEAK_FOUND naming the first pair.
 */
export function refuseLeftLeaks(training: readonly Identity[], locked: readonly Identity[]): void {
  for (const [key, what] of [
    ['sha256', 'are the same file'],
    ['group', 'belong to one group'],
  ] as const) {
    const known = new Map(locked.map((image) => [image[key], image]));
    for (const field of training) {
      const other = known.get(field[key]);
      if (!other) continue;
      throw new DomainError(
        'LEAK_FOUND',
        `The training leaks: ${field.name} is to be learned from, ${other.name} is held out, and they ${what}.`,
      );
    }
  }
}
