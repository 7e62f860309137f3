import {
  type Artifact,
  CARD_FILE,
  encodeFeatures,
  FEATURES_FILE,
  type FeatureTable,
  type Lineage,
  MARKS_FILE,
  SPLIT_FILE,
} from '../artifact/index.ts';
import { historyPlot, type PlotSeries } from '../training/report/index.ts';
import { BASE_CARD_FILE, retrainedCard } from './card.ts';
import { networkCard } from './network/card.ts';
import type { NetworkRecord, RetrainingRecord } from './record.ts';

/**
 * What lies beside the weights of a retrained model. The base's split and landmarks come along, for what it held out stays so; the
 * base's evidence does not: it was measured on another model.
 */
export function retrainedFiles(
  base: Artifact,
  table: FeatureTable,
  model: Parameters<typeof retrainedCard>[0],
  lineage: Lineage,
  record: RetrainingRecord | NetworkRecord,
): Record<string, Uint8Array | string> {
  const baseCard = base.file(BASE_CARD_FILE) ?? base.file(CARD_FILE);
  const [split, marks] = [base.file(SPLIT_FILE), base.file(MARKS_FILE)];
  return {
    [FEATURES_FILE]: encodeFeatures(table),
    ...(split && { [SPLIT_FILE]: split }),
    ...(marks && { [MARKS_FILE]: marks }),
    'history.svg': historyPlot(plotsOf(record)),
    [CARD_FILE]:
      record.kind === 'head-retraining'
        ? retrainedCard(model, lineage, record)
        : networkCard(model, lineage, record),
    ...(baseCard && { [BASE_CARD_FILE]: baseCard }),
  };
}

const plotsOf = (record: RetrainingRecord | NetworkRecord): PlotSeries[] =>
  record.kind === 'head-retraining'
    ? [{ title: 'Head, retrained', history: record.history }]
    : [
        { title: 'Masks (U-Net), retrained', history: record.masks.history },
        { title: 'Stages (backbone above the tap, head), retrained', history: record.history },
      ];
