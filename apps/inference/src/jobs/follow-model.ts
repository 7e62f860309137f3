import { modelInService, type Queryable } from '@blastwise/db';
import { describeError, type Logger } from '../log.ts';
import { type PredictionService, reasonOf } from '../predictions/prediction-service.ts';
import type { ServedModel } from '../predictions/served-model.ts';

export interface FollowOptions {
  db: Queryable;
  predictions: Pick<PredictionService, 'model' | 'swap' | 'tell'>;
  openModel: (digest: string) => Promise<ServedModel>;
  log: Logger;
}

/** A model that could not be opened is tried again after so long, or at once when another one is in service. */
const TRY_AGAIN_MS = 30_000;

/**
 * Makes the model in service the one that answers. Resolves to whether it is; while it cannot be opened the one before
 * keeps answering, and people are told. Calls during a change share it.
 */
export function modelFollower({ db, predictions, openModel, log }: FollowOptions): () => Promise<boolean> {
  let failed: { digest: string; at: number } | null = null;
  let following: Promise<boolean> | null = null;

  async function follow(): Promise<boolean> {
    const wanted = await modelInService(db);
    const isServed = wanted !== null && wanted.digest === predictions.model()?.digest;
    if (!wanted || isServed) {
      failed = null;
      predictions.tell(null);
      return isServed;
    }
    const { digest, name } = wanted;
    if (failed?.digest === digest && performance.now() - failed.at < TRY_AGAIN_MS) return false;
    try {
      await predictions.swap(() => openModel(digest));
      failed = null;
      predictions.tell(null);
      return true;
    } catch (error) {
      failed = { digest, at: performance.now() };
      predictions.tell(
        `The champion ${name} (${digest.slice(0, 12)}) cannot be opened, so cases wait: ${reasonOf(error)} Roll back to an earlier model or repair its files.`,
      );
      log.error({ modelDigest: digest, err: describeError(error) }, 'the model in service cannot be opened');
      return false;
    }
  }

  return () => {
    following ??= follow().finally(() => {
      following = null;
    });
    return following;
  };
}
