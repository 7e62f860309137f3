import { once } from 'node:events';
import { Command, InvalidArgumentError } from 'commander';
import { publicUrlSchema } from '../start/address.ts';
import { complain, say } from '../terminal/print.ts';
import { INTERRUPTED, untilAsked } from '../terminal/until-asked.ts';

interface Options {
  port: number;
  host: string;
  publicUrl?: string;
}

export function startCommand(): Command {
  return new Command('start')
    .description('run the whole product: PostgreSQL, the inference service and the portal')
    .option('--port <port>', 'port of the portal; every other port is a free one', portNumber, 3000)
    .option(
      '--host <address>',
      'address to listen on; anything but this machine gets no demo accounts',
      '127.0.0.1',
    )
    .option(
      '--public-url <url>',
      'address under which a proxy shows the portal (default: BLASTWISE_PUBLIC_URL); no demo accounts then',
      toPublicUrl,
    )
    .action(async ({ port, host, publicUrl }: Options) => {
      const asked = untilAsked();
      const { startProduct } = await import('../start/index.ts');
      const product = await startProduct({
        ...{ port, host, publicUrl, signal: asked },
        progress: complain,
      }).catch((error) => {
        if (!asked.aborted) throw error;
        process.exit(INTERRUPTED);
      });
      if (product.demoFile) complain(`Demo sign-ins: ${product.demoFile}`);
      say(`Ready: ${product.url}`);
      if (!asked.aborted) await once(asked, 'abort');
      complain('Stopping…');
      await product.stop();
      process.exit(0);
    });
}

function toPublicUrl(text: string): string {
  const { data, error } = publicUrlSchema.safeParse(text);
  if (data === undefined) throw new InvalidArgumentError(error?.issues[0]?.message ?? '');
  return data;
}

function portNumber(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new InvalidArgumentError('Give a port between 1 and 65535.');
}
