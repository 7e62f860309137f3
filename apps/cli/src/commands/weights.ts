import type { ImportedBackbone, ImportedWeights, ModelName } from '@blastwise/model';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { requireFile, requireFree } from '../inputs/files.ts';
import { forceOption, jsonOption, toPath } from '../inputs/options.ts';
import { weightsFolder } from '../inputs/weights.ts';
import { say, sayJson } from '../terminal/print.ts';
import { withProgress } from '../terminal/progress.ts';

/** Named here as well, so that --help need not load the networks; the type keeps the lists equal. */
const ARCHITECTURES = [
  'vgg16',
  'densenet121',
  'densenet169',
  'densenet201',
  'convnext-tiny',
  'convnext-small',
  'convnext-base',
] as const satisfies readonly ModelName<ImportedBackbone>[];
type Architecture = (typeof ARCHITECTURES)[number];

interface Options {
  force?: true;
  json?: true;
}

export function weightsCommand(): Command {
  return new Command('weights')
    .description('get the ImageNet weights of a backbone, for `train`')
    .addCommand(importCommand())
    .addCommand(fetchCommand());
}

function importCommand(): Command {
  return new Command('import')
    .description('read the .h5 file of a Keras application')
    .argument('<file>', "Keras's weights, .h5", toPath)
    .addOption(
      new Option('--architecture <name>', 'network that the file is of')
        .choices(ARCHITECTURES)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--out <file>', 'safetensors file to write (default: where `train` looks for it)').argParser(
        toPath,
      ),
    )
    .addOption(forceOption())
    .addOption(jsonOption())
    .action(
      async (
        file: string,
        { architecture, out, force, json }: Options & { architecture: Architecture; out?: string },
      ) => {
        await requireFile(file);
        const { importedBackbone, importWeights, weightsFile } = await import('@blastwise/model');
        const backbone = importedBackbone(architecture);
        const target = out ?? weightsFile(weightsFolder(), backbone);
        await requireFree(target, force);
        const imported = await withProgress('Importing', (progress) =>
          importWeights(file, backbone, target, progress),
        );
        tell(target, imported, json);
      },
    );
}

function fetchCommand(): Command {
  return new Command('fetch')
    .description('download the file that Keras publishes, check it and import it; a cut download goes on')
    .addArgument(new Argument('<name>', 'network to fetch').choices(ARCHITECTURES))
    .addOption(
      new Option('--from <url>', "a mirror with the paths of Keras's own address").argParser(toMirror),
    )
    .addOption(forceOption())
    .addOption(jsonOption())
    .action(async (architecture: Architecture, { from, force, json }: Options & { from?: string }) => {
      const { fetchWeights, importedBackbone, weightsFile } = await import('@blastwise/model');
      const backbone = importedBackbone(architecture);
      const folder = weightsFolder();
      const target = weightsFile(folder, backbone);
      await requireFree(target, force);
      const imported = await withProgress('Fetching (kB)', (show) =>
        fetchWeights(backbone, {
          folder,
          ...(from === undefined ? {} : { from }),
          onProgress: (done, total) => show(Math.round(done / 1000), Math.round(total / 1000)),
        }),
      );
      tell(target, imported, json);
    });
}

function toMirror(value: string): string {
  if (!URL.canParse(value) || !/^https?:/.test(value))
    throw new InvalidArgumentError('Give an address that starts with http:// or https://.');
  return value.endsWith('/') ? value : `${value}/`;
}

function tell(out: string, { architecture, digests, ...imported }: ImportedWeights, json?: true): void {
  if (json) {
    sayJson({ out, architecture, ...imported, ...digests });
    return;
  }
  say(`${out}: ${imported.weights} weights, ${imported.parameters.toLocaleString('en')} parameters`);
  const origin = imported.published ? 'the file that Keras publishes' : 'not a file that Keras publishes';
  say(`From ${origin}, SHA-256 ${digests.sha256}`);
}
