import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UserActor } from '@blastwise/db';
import { someCase, someModel, someone, someReading, withTestDatabase } from '@blastwise/db/testing';
import { type Artifact, loadArtifact, reservedForTest } from '@blastwise/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeTinyModel } from '../testing/tiny-model.ts';
import { reservedPatients } from './reserved-patients.ts';

describe('reservedPatients', () => {
  const database = withTestDatabase();
  let root: string;
  let tiny: Artifact;
  let senior: UserActor;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'patients-'));
    await writeTinyModel(root, 1, 0.5);
    tiny = await loadArtifact(root);
    await someModel(database().db);
    senior = await someone(database().db, 'senior');
  }, 60_000);
  afterAll(() => rm(root, { recursive: true, force: true }));

  /** Two settled cases of a patient who is reserved, or is not: their fields. */
  async function patient(isReserved: boolean): Promise<string[]> {
    const { db } = database();
    for (let i = 0; ; i++) {
      const pseudonym = `P-${isReserved}-${i}`;
      const { caseId, imageIds } = await someCase(db, { actor: senior, pseudonym });
      if (reservedForTest(caseId) !== isReserved) continue;
      const later = await someCase(db, { actor: senior, pseudonym });
      const fields = [...imageIds, ...later.imageIds];
      for (const imageId of fields) await someReading(db, { actor: senior, imageId, stage: 'Pre' });
      return fields;
    }
  }

  const learnedFrom = (id: string): Artifact => {
    const sha256 = createHash('sha256').update(id).digest('hex');
    const one = { id, group: 'its case', stage: 'Pre', side: 'train', weight: 1, sha256 } as const;
    const none = { base: tiny.digest, correctionsSha256: sha256, reserved: [], quarantined: [] };
    return { ...tiny, manifest: { ...tiny.manifest, lineage: { ...none, corrections: [one] } } };
  };

  it('are judged by with all their cases, and by none where a model has learned from one of these', async () => {
    const { db } = database();
    await patient(false);
    const [first = '', second = ''] = await patient(true);
    const among = async (...models: Artifact[]) => {
      const { fields, leftOut } = await reservedPatients(db, models);
      return { fields: fields.map(({ imageId }) => imageId), leftOut };
    };
    expect(await among(tiny, learnedFrom('elsewhere'))).toEqual({ fields: [first, second], leftOut: 0 });
    expect(await among(tiny, learnedFrom(second))).toEqual({ fields: [], leftOut: 2 });
  });
});
