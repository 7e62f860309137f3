import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take minutes, the longest first: begun late, one of them would run on alone. */
const LONGEST = [
  'apps/inference/src/training/trainer.test.ts',
  'apps/inference/src/training/network-training.test.ts',
  'tests/browser/learning.test.ts',
  'tests/browser/team.test.ts',
  'tests/browser/reader.test.ts',
  'tests/browser/network-training.test.ts',
  'tests/faults/faults.test.ts',
  'tests/retraining/retrain.test.ts',
  'tests/start/start.test.ts',
];

/** Begins with the files that are known to be long; in a fresh checkout vitest has only the sizes of files to go by. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.indexOf(relative(this.ctx.config.root, moduleId));
      return at < 0 ? LONGEST.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}
