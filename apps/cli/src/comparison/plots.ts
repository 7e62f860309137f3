import type { CostMatrix } from '@blastwise/contracts';
import type { ModelFigures } from '@blastwise/model';
import type { Study } from './tables.ts';

/** A plot of one model, and the end of its file's name. */
export interface Plot {
  readonly kind: string;
  readonly caption: string;
  readonly svg: string;
}

/** Every plot of a model; the study's own confusion where it prints one for a system of that name. */
export async function plotsOf(figures: ModelFigures, costs: CostMatrix, study: Study): Promise<Plot[]> {
  const { confusionPlot, costPlot, reliabilityPanels } = await import('@blastwise/model');
  const { model, plain, recoloured, reliability, history } = figures;
  const theirs = study.rows.find((row) => row.model === model)?.confusion;
  return [
    { kind: 'confusion', caption: 'as they are', svg: confusionPlot(plain.confusion) },
    { kind: 'costs', caption: 'as they are, by cost', svg: costPlot(plain.confusion, costs) },
    { kind: 'recoloured', caption: 'recoloured', svg: confusionPlot(recoloured.confusion) },
    ...(theirs ? [{ kind: 'study', caption: 'the study', svg: confusionPlot(theirs) }] : []),
    {
      kind: 'reliability',
      caption: 'reliability',
      svg: reliabilityPanels(
        [{ title: 'As served', figures: reliability }],
        'Share of correct stages against the probability given',
      ),
    },
    ...(history === null ? [] : [{ kind: 'history', caption: 'training', svg: history }]),
  ];
}
