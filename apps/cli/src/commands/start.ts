import { once } from 'node:events';
import { Command, InvalidArgumentError } from 'commander';
import { complain, say } from '../terminal/print.ts';
import { INTERRUPTED, untilAsked } from '../terminal/until-asked.ts';

interface Options {
  port: number;
  host: string;
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
    .action(async ({ port, host }: Options) => {
      const asked = untilAsked();
      const { startProduct } = await import('../start/index.ts');
      const product = await startProduct({ port, host, progress: complain, signal: asked }).catch((error) => {
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

function portNumber(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new InvalidArgumentError('Give a port between 1 and 65535.');
}
