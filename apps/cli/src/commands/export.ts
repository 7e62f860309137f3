import { RESEARCH_NOTICE } from '@blastwise/contracts';
import { Command, Option } from 'commander';
import { makeFolderFor, requireFolder, requireFree } from '../inputs/files.ts';
import { forceOption, jsonOption, toPath } from '../inputs/options.ts';
import { say, sayJson } from '../terminal/print.ts';
import { withProgress } from '../terminal/progress.ts';

interface Options {
  out: string;
  force?: true;
  json?: true;
}

export function exportCommand(): Command {
  return new Command('export')
    .description('write a model for other programs')
    .addCommand(exportOnnxCommand());
}

function exportOnnxCommand(): Command {
  return new Command('onnx')
    .description('write the network as an ONNX file, after checking that it answers as tfjs does')
    .argument('<artifact>', 'model artifact', toPath)
    .addOption(new Option('--out <file>', 'ONNX file to write').argParser(toPath).makeOptionMandatory())
    .addOption(forceOption())
    .addOption(jsonOption())
    .action(async (artifact: string, { out, force, json }: Options) => {
      await requireFolder(artifact);
      await requireFree(out, force);
      const { exportOnnxWithParity } = await import('@blastwise/model');
      await makeFolderFor(out);
      const report = await withProgress('Exporting', (progress) =>
        exportOnnxWithParity(artifact, out, progress),
      );
      if (json) {
        sayJson({ out, ...report, notice: RESEARCH_NOTICE });
        return;
      }
      say(`${out}: ${(report.bytes / 1e6).toFixed(1)} MB`);
      say(
        `Largest difference from tfjs over ${report.fields} fields: ` +
          `probability ${report.probability.toExponential(1)}, mask ${report.mask.toExponential(1)}`,
      );
    });
}
