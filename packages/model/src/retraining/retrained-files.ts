import {
  type Artifact,
  CARD_FILE,
  encodeFeatures,
  FEATURES_FILE,
  type FeatureTable,
  type Lineage,
  SPLIT_FILE,
} from '../artifact/index.ts';
import { historyPlot } from '../training/report/index.ts';
import { BASE_CARD_FILE, retrainedCard } from './card.ts';
import type { RetrainingRecord } from './record.ts';

/**
 * What lies beside the weights of a retrained model. The base's split comes along, for its test side stays held out; the
 * base's evidence does not: it was measured on another model.
 */
export function retrainedFiles(
  base: Artifact,
  table: FeatureTable,
  model: Parameters<typeof retrainedCard>[0],
  lineage: Lineage,
  record: RetrainingRecord,
): Record<string, Uint8Array | string> {
  const baseCard = base.file(BASE_CARD_FILE) ?? base.file(CARD_FILE);
  const split = base.file(SPLIT_FILE);
  return {
    [FEATURES_FILE]: encodeFeatures(table),
    ...(split && { [SPLIT_FILE]: split }),
    'history.svg': historyPlot([{ title: 'Head, retrained', history: record.history }]),
    [CARD_FILE]: retrainedCard(model, lineage, record),
    ...(baseCard && { [BASE_CARD_FILE]: baseCard }),
  };
}
