import type { TrainingProgress } from '@blastwise/model';
import { complain } from './print.ts';
import { type Progress, progressBar } from './progress.ts';

const PHASES: Readonly<Record<TrainingProgress['phase'], string>> = {
  fields: 'Reading fields',
  masks: 'Training the mask',
  cache: 'Caching features',
  stages: 'Training the stages',
  artifact: 'Judging the test side',
  evidence: 'Measuring the evidence',
};

/** One bar a phase on a terminal; elsewhere a line when a phase begins. */
export function phaseBars() {
  let phase: string | null = null;
  let bar: Progress | null = null;
  return {
    show(progress: TrainingProgress): void {
      if (progress.phase !== phase) {
        bar?.end();
        phase = progress.phase;
        bar = progressBar(PHASES[progress.phase]);
        if (!process.stderr.isTTY) complain(`${PHASES[progress.phase]}…`);
      }
      bar?.(progress.done, progress.total, noteOf(progress));
    },
    end(): void {
      bar?.end();
      bar = null;
    },
  };
}

function noteOf({ epoch, loss, secondsLeft }: TrainingProgress): string {
  const parts = [
    epoch === undefined ? '' : `epoch ${epoch}`,
    loss === undefined ? '' : `loss ${loss.toFixed(3)}`,
    `about ${Math.ceil(secondsLeft / 60)} min left`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}
