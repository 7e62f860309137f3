import type { TrainingMaskEpoch } from '@blastwise/contracts';
import { cn, LinePlot } from '@blastwise/ui';
import { loss } from './training-words.ts';

/** What every epoch of the U-Net brought: loss and agreement. */
export function MaskPlots(props: {
  epochs: readonly TrainingMaskEpoch[];
  /** Epochs that the width stands for. */
  of: number;
  className?: string;
}) {
  const { epochs, of } = props;
  return (
    <div className={cn('grid grid-cols-1 gap-6 md:grid-cols-3', props.className)}>
      <LinePlot
        title="Loss of the masks"
        lines={[{ name: 'training', values: epochs.map((epoch) => epoch.loss) }]}
        of={of}
        format={loss}
      />
      <LinePlot
        title="Dice of cells and nuclei"
        lines={[{ name: 'validation', values: epochs.map(({ dice }) => dice) }]}
        of={of}
        format={loss}
      />
    </div>
  );
}
