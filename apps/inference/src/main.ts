import { DomainError } from '@blastwise/contracts';
import { type Env, readEnv } from './env.ts';
import { createLogger, describeError } from './log.ts';
import { modelSource } from './models/model-source.ts';
import { startService } from './service.ts';

/** Supervisors wait ten seconds before they kill; whatever still hangs by then is not worth it. */
const EXIT_WITHIN_MS = 9_000;

function environment(): Env {
  try {
    return readEnv();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}

const env = environment();
const log = createLogger(env.logLevel);
// Node would print the error whole, and messages of database errors hold parameters.
process.on('uncaughtException', (error) => {
  log.fatal({ err: describeError(error) }, 'unexpected error');
  process.exit(1);
});

const service = await startService({
  env,
  models: modelSource(env, log),
  log,
  onSick: () => void stop('the network fails again and again', 1),
});
process.stdout.write(`${JSON.stringify({ event: 'listening', service: 'inference', url: service.url })}\n`);

let stopping = false;
async function stop(why: string, exitCode: number): Promise<void> {
  // A process group and its supervisor may both send a signal.
  if (stopping) return;
  stopping = true;
  log.info({ why }, 'stopping');
  setTimeout(() => {
    log.warn('not everything ended in time');
    process.exit(1);
  }, EXIT_WITHIN_MS).unref();
  await service.stop();
  process.exit(exitCode);
}
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => void stop(signal, 0));
