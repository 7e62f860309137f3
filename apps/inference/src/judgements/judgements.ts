import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { DomainError } from '@blastwise/contracts';
import {
  createDatabase,
  isDatabaseAway,
  type JudgementOutcome,
  judgeNext,
  type LockedTestUseRow,
  openOwnTest,
} from '@blastwise/db';
import { openBlobStore } from '@blastwise/db/blobs';
import type { Provider } from '@blastwise/model';
import { describeError, type Logger } from '../log.ts';
import type { ModelSource } from '../models/model-source.ts';
import { setComparer } from './compare-sets.ts';
import { judgeUse } from './judge-use.ts';

export interface JudgementsOptions {
  readonly databaseUrl: string;
  readonly blobDir: string;
  readonly models: Pick<ModelSource, 'folderOf' | 'own' | 'ownTest'>;
  readonly provider: Provider;
  readonly log: Logger;
}

export interface Judgements {
  /** Leaves a judgement under way to whoever comes next. */
  stop(): Promise<void>;
}

const ASK_AGAIN_MS = 2_000;

/**
 * Opens the test that the model of this process brings, finds the sets that are one exam, and works on judgements that are
 * asked for until stopped.
 */
export function startJudgements({
  databaseUrl,
  blobDir,
  models,
  provider,
  log,
}: JudgementsOptions): Judgements {
  const blobs = openBlobStore(blobDir);
  const database = createDatabase(databaseUrl, { max: 2, name: 'blastwise judgements' });
  const { db } = database;
  const stopping = new AbortController();
  const { signal } = stopping;
  const worker = randomUUID();
  const compareSets = setComparer({ db, blobs, blobDir, models, provider, signal, log });
  let opened = false;

  async function judge(use: LockedTestUseRow): Promise<JudgementOutcome> {
    const about = { useId: use.id, modelDigest: use.challengerDigest };
    try {
      const judged = await judgeUse(use, { db, blobs, blobDir, models, provider, signal });
      log.info({ ...about, verdict: judged.judgement.verdict }, 'judged');
      return judged;
    } catch (error) {
      if (signal.aborted || isAway(error)) throw error;
      log.error({ ...about, err: describeError(error) }, 'not judged');
      return { failure: failureOf(error) };
    }
  }

  async function turn(): Promise<boolean> {
    if (!opened) {
      const test = await models.ownTest();
      if (test) await openOwnTest(db, blobs, await models.own(), test);
      opened = true;
    }
    await compareSets();
    return judgeNext(db, judge, worker);
  }

  async function keepJudging(): Promise<void> {
    while (!signal.aborted) {
      const worked = await turn().catch((error) => {
        log.warn({ err: describeError(error) }, 'no judgement');
        return false;
      });
      if (!worked) await pause(ASK_AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  const finished = keepJudging();
  return {
    async stop() {
      stopping.abort();
      await finished;
      await database.close();
    },
  };
}

const isAway = (error: unknown): boolean =>
  isDatabaseAway(error) || (error instanceof DomainError && error.code === 'UNAVAILABLE');

const failureOf = (error: unknown): string =>
  error instanceof DomainError
    ? error.message
    : 'The judgement failed unexpectedly; the log of the inference service says more.';
