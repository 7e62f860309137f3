import { IMAGE_TAP, POOL_TAP } from '../../../architecture/index.ts';
import type { RunRecord } from '../run-record.ts';

/** What the backbone's weights were before the training, in words that follow its name. */
export function backboneOrigin({ config: { initial } }: RunRecord): string {
  if (initial?.from === 'scratch')
    return 'from scratch (**it saw no ImageNet: its weights were drawn at random**)';
  return initial && !initial.published
    ? 'with weights from a file that Keras does not publish'
    : 'with ImageNet weights';
}

/** What of the network the stages taught, in words. */
export function taughtPart({ config: { hybrid } }: RunRecord): string {
  if (hybrid.tap === POOL_TAP) return 'the head alone, over the backbone as it was,';
  return hybrid.tap === IMAGE_TAP
    ? 'the whole backbone and the head'
    : `the backbone above ${hybrid.tap} and the head`;
}
