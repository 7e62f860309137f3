import type { Command } from 'commander';
import { forResearch } from '../terminal/notice.ts';
import { ablateCommand } from './ablate.ts';
import { adminCommand } from './admin.ts';
import { auditCommand } from './audit.ts';
import { backupCommand, restoreCommand } from './backup.ts';
import { benchCommand } from './bench.ts';
import { cardCommand } from './card.ts';
import { compareCommand } from './compare.ts';
import { correctionsCommand } from './corrections.ts';
import { costsCommand } from './costs.ts';
import { datasetCommand } from './dataset.ts';
import { evaluateCommand } from './evaluate.ts';
import { evaluateMasksCommand } from './evaluate-masks.ts';
import { explainCommand } from './explain.ts';
import { exportCommand } from './export.ts';
import { gateCommand } from './gate.ts';
import { modelsCommand } from './models.ts';
import { predictCommand } from './predict.ts';
import { retrainCommand } from './retrain.ts';
import { robustnessCommand } from './robustness.ts';
import { segmentCommand } from './segment.ts';
import { startCommand } from './start.ts';
import { trainCommand } from './train.ts';
import { weightsCommand } from './weights.ts';

/** Every command of the program, in the order of its help; what answers about fields, models or costs says what for. */
export const COMMANDS: readonly Command[] = [
  startCommand(),
  forResearch(datasetCommand()),
  forResearch(trainCommand()),
  weightsCommand(),
  forResearch(ablateCommand()),
  forResearch(compareCommand()),
  forResearch(evaluateCommand()),
  forResearch(evaluateMasksCommand()),
  forResearch(robustnessCommand()),
  forResearch(explainCommand()),
  forResearch(cardCommand()),
  forResearch(gateCommand()),
  forResearch(predictCommand()),
  forResearch(segmentCommand()),
  forResearch(exportCommand()),
  forResearch(costsCommand()),
  forResearch(correctionsCommand()),
  modelsCommand(),
  forResearch(retrainCommand()),
  adminCommand(),
  auditCommand(),
  backupCommand(),
  restoreCommand(),
  forResearch(benchCommand()),
];
