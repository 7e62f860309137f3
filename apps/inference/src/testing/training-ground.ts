import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MATURITY_STAGES, type TrainingKind } from '@blastwise/contracts';
import {
  type AnalysisQueue,
  createUser,
  noteRegisteredFolder,
  openAnalysisQueue,
  openAuditKey,
  recordCorrection,
  requestTraining,
  SYSTEM,
  type UserActor,
} from '@blastwise/db';
import { type BlobStore, openBlobStore } from '@blastwise/db/blobs';
import { type ModelStore, openModelStore } from '@blastwise/db/model-store';
import type { TestDatabase } from '@blastwise/db/testing';
import { encodeMaskPng, encodePng, loadArtifact } from '@blastwise/model';
import { adjudicate } from '@blastwise/model/adjudication';
import { generateField } from '@blastwise/model/generator';
import { writeNetworkGround } from '@blastwise/model/retraining/network-testing';
import { bringIntoService } from '../jobs/model-in-service.ts';
import { identityOf } from '../predictions/model-identity.ts';
import { submitCase } from './submitted-case.ts';

/**
 * An installation in which a tiny model is in service and a senior has settled some generated fields, the first of each
 * stage with a mask of the cells.
 */
export interface TrainingGround {
  readonly root: string;
  readonly modelDir: string;
  /** The model's own fields. */
  readonly dataFolder: string;
  readonly baseDigest: string;
  readonly blobDir: string;
  readonly blobs: BlobStore;
  readonly modelStoreDir: string;
  readonly models: ModelStore;
  readonly runDir: string;
  readonly queue: AnalysisQueue;
  readonly admin: UserActor;
  /** Asks for a training; equal seeds give equal models. */
  request(seed: number, kind?: TrainingKind): Promise<string>;
  remove(): Promise<void>;
}

const CASES_A_STAGE = 3;

export async function makeTrainingGround({ db, appUrl }: TestDatabase): Promise<TrainingGround> {
  const root = await mkdtemp(join(tmpdir(), 'blastwise-training-'));
  const [blobDir, modelStoreDir] = [join(root, 'blobs'), join(root, 'models')];
  const { baseDir: modelDir, dataFolder } = await writeNetworkGround(root);
  const base = await loadArtifact(modelDir);
  await bringIntoService(db, identityOf(base), false);
  const blobs = openBlobStore(blobDir);
  const queue = await openAnalysisQueue(appUrl, { work: false });
  const person = async (role: 'senior' | 'admin'): Promise<UserActor> => {
    const email = `${randomUUID()}@example.org`;
    return createUser(db, { actor: SYSTEM, email, name: `A ${role}`, role, passwordHash: 'none' });
  };
  const [senior, admin] = [await person('senior'), await person('admin')];
  const auditKey = openAuditKey('a secret of the tests, long enough for a key');
  for (const [s, stage] of MATURITY_STAGES.entries()) {
    for (let i = 0; i < CASES_A_STAGE; i++) {
      const { image, mask } = generateField({ seed: 10 * s + i + 100, stage });
      const drawn = mask.map((v) => (v > 0 ? 255 : 0));
      const maskPng = await encodeMaskPng(drawn, image.width, image.height);
      const fields = [await encodePng(image)];
      const [imageId = ''] = await submitCase({ db, queue, blobs, fields });
      await recordCorrection(db, {
        actor: senior,
        auditKey,
        adjudicate,
        imageId,
        seen: null,
        correction: { stage, certainty: 'sure', confirmedBy: 'genetics', severity: 'none', comment: '' },
        ...(i === 0 && { masks: { maskSha256: await blobs.put(maskPng) } }),
      });
    }
  }
  return {
    root,
    modelDir,
    dataFolder,
    baseDigest: base.digest,
    blobDir,
    blobs,
    modelStoreDir,
    models: openModelStore(modelStoreDir),
    runDir: join(root, 'trainings'),
    queue,
    admin,
    async request(seed, kind = 'head') {
      if (kind === 'network') await noteRegisteredFolder(db, base.digest, { fields: 16, problem: null });
      const options = { kind, costWeight: null, seed };
      return (await requestTraining(db, { actor: admin, reason: 'For the tests.', options, queue })).id;
    },
    async remove() {
      await queue.stop();
      await rm(root, { recursive: true, force: true });
    },
  };
}
