import { DomainError } from '@blastwise/contracts';
import { type Artifact, type Correction, type Lineage, SPLIT_FILE } from '../artifact/index.ts';
import { byContent, parseSplit, type Side } from '../dataset/index.ts';
import { reservedForTest } from './corrected-side.ts';
import {
  type GuardedField,
  type LockedImage,
  type Quarantined,
  quarantineLeaks,
  refuseLeftLeaks,
} from './leak-guard.ts';
import { markedImages } from './marked-images.ts';

const HELD_OUT: readonly Side[] = ['validation', 'calibration', 'test'];

/** The corrected fields that may be learned from, and what became of the others. */
export interface HeldOut<Field> extends Pick<Lineage, 'reserved' | 'quarantined' | 'withdrawn'> {
  readonly learned: Field[];
}

/**
 * Images that the base did not train on, of its own split and of a test side that was locked later: their hashes are known,
 * and landmarks where the base keeps them.
 */
function heldOutByBase(base: Artifact): LockedImage[] {
  const marked = new Map(markedImages(base, HELD_OUT).map((image) => [image.sha256, image]));
  const bytes = base.file(SPLIT_FILE);
  const { fields } = bytes ? parseSplit(new TextDecoder().decode(bytes), SPLIT_FILE) : { fields: [] };
  const own = fields
    .filter(({ side }) => side !== 'train')
    .map((field) => ({
      ...marked.get(field.sha256),
      ...{ name: byContent(field), group: field.group, sha256: field.sha256 },
    }));
  const named = new Set(fields.map(({ sha256 }) => sha256));
  return [...own, ...[...marked.values()].filter(({ sha256 }) => !named.has(sha256))];
}

/**
 * Takes the reserved groups out, then whatever shows what a held-out image shows: of the locked test sets, of the base's
 * validation, calibration and test sides, or of the reserved groups. What the base has learned from and is not to be learned any
 * more is withdrawn: the fields that are settled now are the only authority (R10), and its weights have seen the others.
 *
 * @param known fields that are known already to show what is held out.
 * @throws DomainError LEAK_FOUND for a leak that is left; BAD_INPUT where nothing is left to learn from.
 */
export function holdOut<Field extends GuardedField>(
  base: Artifact,
  corrected: readonly Field[],
  lockedImages: readonly LockedImage[],
  known: readonly Quarantined[] = [],
): HeldOut<Field> {
  const out = new Set(known.map(({ id }) => id));
  const reservedFields = corrected.filter(({ group }) => reservedForTest(group));
  const candidates = corrected.filter(({ id, group }) => !reservedForTest(group) && !out.has(id));
  const locked = [
    ...lockedImages,
    ...heldOutByBase(base),
    ...reservedFields.map(({ id, group, fingerprint }) => ({
      name: id,
      group,
      sha256: fingerprint.sha256,
      fingerprint,
    })),
  ];
  const { kept, quarantined: found } = quarantineLeaks(candidates, locked);
  const quarantined = [
    ...known.filter(({ id }) => !reservedFields.some((field) => field.id === id)),
    ...found,
  ];
  refuseLeftLeaks(kept.map(identityOfField), locked);
  if (kept.length === 0)
    throw new DomainError(
      'BAD_INPUT',
      `No corrected field is left to learn from: of ${corrected.length}, ${reservedFields.length} are reserved for the test side and ${quarantined.length} are quarantined.`,
    );
  const { lineage } = base.manifest;
  const withdrawn = withdrawnFrom(lineage, kept);
  return {
    learned: kept,
    reserved: [...new Set(reservedFields.map(({ group }) => group))].sort(),
    quarantined: merged(lineage?.quarantined ?? [], quarantined, kept),
    ...(withdrawn.length > 0 && { withdrawn }),
  };
}

/** What a model of this lineage has learned from and is not learned again, by id. */
function withdrawnFrom(lineage: Lineage | undefined, learned: readonly GuardedField[]): Correction[] {
  const again = new Set(learned.map(({ id }) => id));
  const byId = new Map(
    [...(lineage?.withdrawn ?? []), ...(lineage?.corrections ?? [])].map((correction) => [
      correction.id,
      correction,
    ]),
  );
  return [...byId.values()].filter(({ id }) => !again.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1));
}

const identityOfField = ({ id, group, fingerprint: { sha256 } }: GuardedField) => ({
  name: id,
  group,
  sha256,
});

/** What is quarantined now, and what was before and is not learned again. */
function merged(
  earlier: readonly Quarantined[],
  now: readonly Quarantined[],
  learned: readonly GuardedField[],
): Quarantined[] {
  const byId = new Map([...earlier, ...now].map((field) => [field.id, field]));
  for (const { id } of learned) byId.delete(id);
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
