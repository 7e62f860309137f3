import { setSentence } from './evidence-words.ts';
import type { FieldResult } from './types.ts';

/** What cannot be ruled out, under the bars it belongs to; keeps its line where there is nothing to say. */
export function PredictionSet({
  analysis,
  level,
}: {
  analysis: Pick<FieldResult['analysis'], 'assessable' | 'predictionSet'>;
  level: FieldResult['setLevel'];
}) {
  const sentence = analysis.assessable ? setSentence(analysis.predictionSet) : null;
  const several = (analysis.predictionSet?.length ?? 0) > 1;
  return (
    <p className="mt-1 h-5 truncate text-xs" data-testid="prediction-set">
      {sentence ? (
        <>
          <span className={several ? 'font-semibold' : ''}>{sentence}</span>
          {level === null ? null : (
            <span className="text-ink-3"> ({Number((100 * level).toFixed(1))} % level)</span>
          )}
        </>
      ) : null}
    </p>
  );
}
