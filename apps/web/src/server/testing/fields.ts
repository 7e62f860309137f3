import { type Analysis, maturityStageSchema, type StageProbabilities } from '@blastwise/contracts';
import type { Session } from '@blastwise/db';
import { registerModel, SYSTEM, setModelInService, storeAnalysis } from '@blastwise/db';
import sharp from 'sharp';
import { decideUnder } from '../costs/decide.ts';
import { acceptUpload } from '../uploads/service.ts';
import type { TestPortal } from './portal.ts';

export const MODEL = { digest: 'd'.repeat(64), name: 'test-hybrid' } as const;

export async function putModelIntoService({ services: { db } }: TestPortal): Promise<void> {
  const model = {
    ...MODEL,
    actor: SYSTEM,
    card: '# Test model',
    plots: { 'history.svg': '<svg/>' },
    manifest: {},
    reason: 'for the tests',
  };
  await registerModel(db, model);
  await setModelInService(db, { actor: SYSTEM, digest: MODEL.digest, reason: 'for the tests' });
}

/** A small picture; equal seeds give equal pixels. */
export const picture = (seed: number): Promise<Buffer> =>
  sharp(
    Buffer.from(Array.from({ length: 16 * 16 * 3 }, (_, i) => ((i + 1) * (seed + 7) * 2_654_435_761) % 251)),
    { raw: { width: 16, height: 16, channels: 3 } },
  )
    .jpeg()
    .toBuffer();

/** Uploads and submits one case, as the browser does. */
export async function submit(
  portal: TestPortal,
  session: Session,
  { pseudonym, note = '', seeds }: { pseudonym: string; note?: string; seeds: readonly number[] },
): Promise<{ caseId: string; imageIds: string[] }> {
  const uploads: string[] = [];
  for (const seed of seeds) {
    uploads.push((await acceptUpload(portal.services, session, await picture(seed))).receipt);
  }
  return portal.as(session).cases.submit({ pseudonym, note, uploads });
}

interface Evidence {
  /** What the network says besides its probabilities. */
  readonly analysis?: Partial<Analysis>;
  /** Whether it draws nuclei and heatmaps. */
  readonly layers?: boolean;
}

/** Stores what the inference service would have found in a field. */
export async function analyse(
  { services: { db, blobs } }: TestPortal,
  imageId: string,
  probabilities: StageProbabilities,
  evidence: Evidence = {},
): Promise<{ analysisId: string; decisionId: string }> {
  const [first] = Object.entries(probabilities).sort(([, a], [, b]) => b - a);
  const analysis: Analysis = {
    width: 16,
    height: 16,
    assessable: true,
    reasons: [],
    stage: maturityStageSchema.parse(first?.[0]),
    probabilities,
    cells: 3,
    maskFraction: 0.2,
    predictionSet: null,
    outOfDistribution: null,
    scale: null,
    whiteCells: null,
    background: null,
    ...evidence.analysis,
    versions: {
      modelDigest: MODEL.digest,
      modelName: MODEL.name,
      preprocessing: 'field-224-v2',
      calibration: 'test-1',
    },
  };
  const plain = async (background: string) =>
    blobs.put(
      await sharp({ create: { width: 16, height: 16, channels: 3, background } })
        .png()
        .toBuffer(),
    );
  const maskSha256 = await plain('#fff');
  const drawn = evidence.layers
    ? {
        nucleusSha256: await plain('#000'),
        heatmaps: {
          Benign: await plain('#111'),
          Early: await plain('#222'),
          Pre: await plain('#333'),
          Pro: await plain('#444'),
        },
      }
    : {};
  const stored = await storeAnalysis(db, {
    imageId,
    analysis,
    maskSha256,
    ...drawn,
    durationMs: 40,
    decide: decideUnder,
  });
  if (stored.outcome === 'stale-model') throw new Error('The test model is not in service.');
  return stored;
}
