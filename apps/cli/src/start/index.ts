import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { readSingleSignOn } from '@blastwise/contracts';
import { createDatabase, openAuditKey, sealAudit } from '@blastwise/db';
import { type EmbeddedServer, startEmbedded } from '@blastwise/db/embedded';
import { appUrl, migrate } from '@blastwise/db/migrate';
import { directUrl, ownUrl } from './address.ts';
import { buildPortal } from './build-portal.ts';
import { mayHaveDemo, othersReach, refuseDemoAccounts, seedDemo } from './demo.ts';
import { readStartEnv } from './env.ts';
import { openLogs, rollOver } from './logs.ts';
import { holdDataFolder } from './only-one.ts';
import { freePort, requirePort } from './ports.ts';
import { loadSecrets, makeDataFolder } from './secrets.ts';
import { type Addresses, inferenceSpec, inferenceUrl, portalSpec } from './services.ts';
import { type Service, supervise } from './supervise.ts';
import { waitFor, waitForPortal } from './wait-for.ts';

export interface StartOptions {
  port: number;
  host: string;
  /** Where a proxy shows the portal; else what the environment says. */
  publicUrl: string | undefined;
  /** Takes one short line for each thing that takes a while. */
  progress: (line: string) => void;
  /** Aborted: whatever has been started is stopped again and the start ends with the signal's reason. */
  signal: AbortSignal;
}

export interface Running {
  url: string;
  /** Where the demo sign-ins are; null where there are none. */
  demoFile: string | null;
  stop(): Promise<void>;
}

/** Starts PostgreSQL (unless DATABASE_URL names one), the inference service and the portal, and waits for all. */
export async function startProduct({
  port,
  host,
  progress,
  signal,
  ...given
}: StartOptions): Promise<Running> {
  const { databaseUrl, dataDir, inherited, ...set } = readStartEnv();
  const publicUrl = given.publicUrl ?? set.publicUrl;
  // The portal takes it from there; what is wrong with it is said here, at once.
  readSingleSignOn(inherited);
  makeDataFolder(dataDir);
  const release = holdDataFolder(dataDir);
  const undo: (() => Promise<unknown> | unknown)[] = [release];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    await requirePort(port, host);
    const secrets = loadSecrets(dataDir);
    const logs = openLogs(dataDir);

    progress('Building the portal (once for each version)…');
    await buildPortal(inherited, signal);

    progress('Starting PostgreSQL…');
    const postgresDir = join(dataDir, 'postgres');
    rollOver(join(postgresDir, 'server.log'));
    const embedded: EmbeddedServer | null = databaseUrl
      ? null
      : await startEmbedded({ dataDir: postgresDir });
    if (embedded) undo.push(() => embedded.stop());
    const ownerUrl = databaseUrl ?? embedded?.ownerUrl ?? '';
    const appPassword = embedded?.appPassword ?? secrets.databasePassword;
    await migrate(ownerUrl, { appPassword });
    signal.throwIfAborted();

    const addresses: Addresses = {
      host,
      portalPort: port,
      portalUrl: publicUrl ?? directUrl(host, port),
      inferencePort: await freePort('127.0.0.1'),
      databaseUrl: embedded?.appUrl ?? appUrl(ownerUrl, appPassword),
    };

    undo.push(() => sealRest(addresses.databaseUrl, secrets.auditKey));

    let demoFile: string | null = null;
    const { db, close } = createDatabase(addresses.databaseUrl, { max: 2 });
    try {
      if (mayHaveDemo({ databaseUrl, host, publicUrl })) {
        demoFile = await seedDemo({
          db,
          databaseUrl: addresses.databaseUrl,
          auditKey: openAuditKey(secrets.auditKey),
          dataDir,
          url: addresses.portalUrl,
          progress,
        });
      }
      if (othersReach({ host, publicUrl })) await refuseDemoAccounts(db);
    } finally {
      await close();
    }

    progress('Starting the inference service and the portal…');
    // Somebody may have taken it while the portal was built.
    await requirePort(port, host);
    const instance = randomUUID();
    const surroundings = { addresses, secrets, dataDir, instance, inherited, log: logs.writer };
    const services: Service[] = [supervise(inferenceSpec(surroundings)), supervise(portalSpec(surroundings))];
    undo.push(() => Promise.all(services.map((service) => service.stop())));
    await Promise.all([
      waitFor('inference service', `${inferenceUrl(addresses)}/readyz`, {
        seconds: 120,
        logFile: logs.file('inference'),
        signal,
      }),
      waitForPortal(`${ownUrl(host, port)}/api/health`, {
        instance,
        seconds: 120,
        logFile: logs.file('portal'),
        signal,
      }),
    ]);
    return { url: addresses.portalUrl, demoFile, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What the services recorded while they stopped is sealed too, if the database still answers. */
async function sealRest(databaseUrl: string, auditKey: string): Promise<void> {
  const { db, close } = createDatabase(databaseUrl, { max: 1 });
  await sealAudit(db, openAuditKey(auditKey)).catch(() => undefined);
  await close();
}
