'use client';

import type { MaturityStage } from '@blastwise/contracts';
import type { FieldLayers } from '@blastwise/ui';
import { useState } from 'react';
import { heatmapUrl } from '../shared/index.ts';
import { CellStatement } from './cell-list.tsx';
import type { CaseField } from './types.ts';
import type { useMaskView } from './use-mask-view.ts';
import type { ShownMasks } from './use-shown-masks.ts';

/** What can be laid over a field beside its mask, how it is switched, and the cell looked at more closely. */
export function useFieldLayers(
  field: CaseField | undefined,
  view: ReturnType<typeof useMaskView>,
  shown: ShownMasks,
) {
  const [pointed, setPointed] = useState<{ imageId: string; cell: number } | null>(null);
  const [chosen, setChosen] = useState<MaturityStage | null>(null);
  const result = field?.result ?? null;
  const imageId = field?.imageId ?? '';
  const current = pointed?.imageId === imageId ? pointed.cell : null;
  const onCurrent = (cell: number | null) => setPointed(cell === null ? null : { imageId, cell });
  const cells = result?.analysis.whiteCells ?? null;
  const hasHeat = result?.layers.heatmaps ?? false;

  const hasLayers = result !== null || shown.nucleus !== null;
  const layers: FieldLayers | null = hasLayers
    ? {
        corrected:
          shown.by && shown.switchable
            ? { shown: shown.corrected, onShown: shown.toggle, by: shown.by }
            : null,
        nuclei: shown.nucleus ? { src: shown.nucleus, shown: view.nuclei, onShown: view.setNuclei } : null,
        heat:
          result && hasHeat
            ? {
                srcOf: (stage) => heatmapUrl(imageId, result.analysisId, stage),
                // What speaks for the model's own answer, unless another stage was asked for.
                stage: view.heat ? (chosen ?? result.analysis.stage) : null,
                onStage: (stage) => {
                  view.setHeat(stage !== null);
                  if (stage !== null) setChosen(stage);
                },
                opacity: view.heatOpacity,
                onOpacity: view.setHeatOpacity,
              }
            : null,
        boxes:
          cells && cells.length > 0
            ? {
                cells,
                shown: view.boxes,
                onShown: view.setBoxes,
                current,
                onCurrent,
                describe: (index) => <CellStatement cells={cells} index={index} />,
              }
            : null,
        note: null,
      }
    : null;
  return {
    layers,
    cells,
    current,
    onCurrent,
    toggleCorrected: () => (layers?.corrected ? shown.toggle() : undefined),
    toggleNuclei: () => (layers?.nuclei ? view.setNuclei(!view.nuclei) : undefined),
    toggleBoxes: () => (layers?.boxes ? view.setBoxes(!view.boxes) : undefined),
    toggleHeat: () => (layers?.heat ? view.setHeat(!view.heat) : undefined),
  };
}
