import { checkExplanations } from '../explain/index.ts';
import { groupsOf, readField } from './labelled-field.ts';
import { type Part, SAMPLES, type Subject } from './part.ts';
import { sampleOf } from './sample.ts';
import type { ModelEvidence } from './schema.ts';

/** Whether the heat shows the model rather than the image, and whether it lies on white cells. */
export function explanationPart({
  predictor,
  fields: all,
  seed,
}: Subject): Part<ModelEvidence['explanation']> {
  const fields = sampleOf(all, SAMPLES.explanation, seed);
  return {
    steps: fields.length,
    measure: async (report) => {
      const checked = fields.map((field) => ({ group: field.group, read: () => readField(field) }));
      const { randomisation, energy } = await checkExplanations(predictor.artifact, checked, {
        seed,
        progress: report,
      });
      return { n: fields.length, groups: groupsOf(fields), randomisation, energy };
    },
  };
}
