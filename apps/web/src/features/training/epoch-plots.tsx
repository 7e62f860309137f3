import type { TrainingEpoch } from '@blastwise/contracts';
import { cn, LinePlot } from '@blastwise/ui';
import { cost, loss, percent } from './training-words.ts';

/** What every epoch brought: loss, accuracy and cost. */
export function EpochPlots(props: {
  epochs: readonly TrainingEpoch[];
  /** Epochs that the width stands for. */
  of: number;
  className?: string;
}) {
  const { epochs, of } = props;
  const figures = (name: Exclude<keyof TrainingEpoch, 'epoch'>) => epochs.map((epoch) => epoch[name]);
  return (
    <div className={cn('grid grid-cols-1 gap-6 md:grid-cols-3', props.className)}>
      <LinePlot
        title="Loss"
        lines={[
          { name: 'training', values: figures('loss') },
          { name: 'validation', values: figures('validationLoss') },
        ]}
        of={of}
        format={loss}
      />
      <LinePlot
        title="Accuracy"
        lines={[{ name: 'training', values: figures('accuracy') }]}
        of={of}
        format={percent}
      />
      <LinePlot
        title="Cost per field"
        lines={[{ name: 'validation', values: figures('expectedCost') }]}
        of={of}
        format={cost}
      />
    </div>
  );
}
