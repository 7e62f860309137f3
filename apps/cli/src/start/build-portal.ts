import { spawn } from 'node:child_process';
import { DomainError } from '@blastwise/contracts';
import { repositoryRoot } from './env.ts';

/** Builds the portal unless its sources are unchanged since the last build (turbo's cache knows). */
export async function buildPortal(inherited: NodeJS.ProcessEnv, signal: AbortSignal): Promise<void> {
  const build = spawn('turbo', ['run', 'build', '--filter=@blastwise/web', '--output-logs=errors-only'], {
    cwd: repositoryRoot,
    env: inherited,
    signal,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  for (const stream of [build.stdout, build.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    build.once('error', reject).once('close', resolve);
  });
  if (code === 0) return;
  process.stderr.write(Buffer.concat(output));
  throw new DomainError('INTERNAL', 'The portal could not be built: the messages above say why.');
}
