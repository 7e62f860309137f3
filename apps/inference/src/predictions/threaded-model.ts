import { type Provider, type RgbImage, WorkerLink } from '@blastwise/model';
import { describeError, type Logger } from '../log.ts';
import type { ModelIdentity, ServedModel, ServedResult } from './served-model.ts';

/** What the thread of a model is started with. */
export interface ModelSetup {
  readonly folder: string;
  /** Of the model that must lie there. */
  readonly digest: string;
  readonly provider: Provider;
  /** Fields of one run of the network at most. */
  readonly batch: number;
}

export interface OpenedModel {
  readonly engine: string;
  readonly identity: ModelIdentity;
}

const WORKER_FILE = new URL('./model-worker.ts', import.meta.url);

/**
 * Opens a model in a thread of its own. Where the thread crashes, the calls that wait are rejected (`UNAVAILABLE`) and it is
 * started again at once; a start that fails is tried again with the next call.
 * @throws DomainError ARTIFACT_INVALID, ENGINE_UNAVAILABLE.
 */
export async function openThreadedModel(
  setup: ModelSetup,
  log: Logger,
  file = WORKER_FILE,
): Promise<ServedModel> {
  const open = () => WorkerLink.open<readonly RgbImage[], ServedResult[], OpenedModel>(file, setup);
  let link = await open();
  const { engine, identity } = link.ready;
  let closed = false;
  let starting: Promise<void> | null = null;

  async function startAgain(): Promise<void> {
    link = await open();
    watch();
    log.info({ modelDigest: setup.digest }, 'the thread of the model was started again');
  }
  function revived(): Promise<void> {
    starting ??= startAgain().finally(() => {
      starting = null;
    });
    return starting;
  }
  function watch(): void {
    void link.ended.then(() => {
      if (closed) return;
      log.error({ modelDigest: setup.digest }, 'the thread of the model ended');
      revived().catch((error: unknown) => {
        log.error({ modelDigest: setup.digest, err: describeError(error) }, 'it was not started again');
      });
    });
  }
  watch();

  return {
    engine,
    identity,
    get alive() {
      return link.alive;
    },
    async predict(images) {
      if (!link.alive) await revived();
      // Copied, not handed over: after a crash its caller tries them again.
      return link.run(images);
    },
    async close() {
      closed = true;
      await starting?.catch(() => undefined);
      await link.close();
    },
  };
}
