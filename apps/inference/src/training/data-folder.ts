import { setTimeout as pause } from 'node:timers/promises';
import { DomainError } from '@blastwise/contracts';
import { modelInService, noteRegisteredFolder, type Queryable, type RegisteredFolder } from '@blastwise/db';
import { openModelStore } from '@blastwise/db/model-store';
import { loadArtifact, retrainableNetwork, splitOfBase, verifyBaseFolder } from '@blastwise/model';
import { describeError, type Logger } from '../log.ts';
import { baseFolder } from './base-folder.ts';

export interface AnnounceOptions {
  readonly db: Queryable;
  readonly dataFolder: string;
  readonly modelStoreDir: string;
  readonly modelDir: string;
  readonly signal: AbortSignal;
  readonly log: Logger;
}

interface Known {
  readonly digest: string;
  readonly folder: RegisteredFolder;
  readonly at: number;
}

const SAY_EVERY_MS = 15_000;
/** A folder that was not the data of the model may have been mended. */
const LOOK_AGAIN_MS = 60_000;

/**
 * Says of the model in service, again and again until the signal, whether the data folder holds its fields and its network
 * can be trained from them. Every file is
 * hashed once a model; a training hashes them again.
 */
export async function announceDataFolder(options: AnnounceOptions): Promise<void> {
  const { db, signal, log } = options;
  let known = null as Known | null;
  while (!signal.aborted) {
    try {
      const digest = (await modelInService(db))?.digest;
      const isOld = known?.folder.problem && performance.now() - known.at > LOOK_AGAIN_MS;
      if (digest && (known?.digest !== digest || isOld)) {
        const folder = await lookAt(digest, options);
        if (folder.problem) log.warn({ modelDigest: digest, problem: folder.problem }, 'data folder');
        else log.info({ modelDigest: digest, fields: folder.fields }, 'data folder');
        known = { digest, folder, at: performance.now() };
      }
      if (digest && known) await noteRegisteredFolder(db, digest, known.folder);
    } catch (error) {
      if (!signal.aborted) log.warn({ err: describeError(error) }, 'data folder not looked at');
    }
    await pause(SAY_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function lookAt(
  digest: string,
  { dataFolder, modelStoreDir, modelDir, signal }: AnnounceOptions,
): Promise<RegisteredFolder> {
  let fields = 0;
  try {
    const base = await loadArtifact(await baseFolder(digest, openModelStore(modelStoreDir), modelDir));
    retrainableNetwork(base);
    const split = splitOfBase(base);
    fields = split.fields.filter(({ side }) => side !== 'test').length;
    await verifyBaseFolder(dataFolder, split, signal);
    return { fields, problem: null };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { fields, problem: error.message };
  }
}
