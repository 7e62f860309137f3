import { DomainError } from '@blastwise/contracts';
import { counterfactualCopy, type Donor, donorOf } from '../counterfactual/index.ts';
import { type EvaluationRow, estimateShare } from '../metrics/index.ts';
import type { Predictor } from '../serving/index.ts';
import type { ExternalSets } from './external-sets.ts';
import { groupsOf, type LabelledField, readField } from './labelled-field.ts';
import { inTurn, NOTHING, type Part, SAMPLES, type Subject } from './part.ts';
import { predictRows } from './predict-rows.ts';
import { sampleOf } from './sample.ts';
import type { ModelEvidence } from './schema.ts';

type Novelty = NonNullable<ModelEvidence['novelty']>;
type Flagged = Novelty['fields'];

/** What the model says of one image. */
interface Seen {
  readonly group: string;
  readonly hit: boolean;
  readonly assessable: boolean;
}

function flagged(seen: readonly Seen[], seed: number): Flagged {
  const share = estimateShare(seen, seed);
  if (!share) throw new DomainError('BAD_INPUT', 'There is no image to look at for novelty.');
  const notAssessable = seen.filter(({ assessable }) => !assessable).length;
  return { n: seen.length, groups: groupsOf(seen), flagged: share, notAssessable };
}

const seenOf = ({ group, assessable, outOfDistribution }: EvaluationRow): Seen => ({
  group,
  assessable,
  hit: outOfDistribution?.flag ?? false,
});

/** The fields as they are and with the background colours of another stage's field. */
async function ofFields(
  { predictor, seed }: Subject,
  fields: readonly LabelledField[],
  next: ReturnType<typeof inTurn>,
): Promise<Pick<Novelty, 'fields' | 'recoloured'>> {
  const donors: Donor[] = [];
  const plain = await predictRows(predictor, fields, next(fields.length), (image, { stage }) => {
    donors.push(donorOf({ stage, image }));
    return image;
  });
  const recoloured = await predictRows(predictor, fields, next(fields.length), (image, { path, stage }) =>
    counterfactualCopy({ path, stage, image }, donors, { kind: 'recoloured', seed }),
  );
  return { fields: flagged(plain.map(seenOf), seed), recoloured: flagged(recoloured.map(seenOf), seed) };
}

/** Foreign pictures, each a group of its own. */
async function ofPictures(
  predictor: Predictor,
  pictures: readonly Pick<LabelledField, 'path' | 'file'>[],
  report: (done: number) => void,
): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (const picture of pictures) {
    const [prediction] = await predictor.predict([await readField(picture)]);
    if (!prediction) throw new DomainError('INTERNAL', 'The model left a picture unanswered.');
    const { assessable, outOfDistribution } = prediction.analysis;
    seen.push({ group: picture.path, assessable, hit: outOfDistribution?.flag ?? false });
    report(seen.length);
  }
  return seen;
}

function byKind(
  seen: readonly Seen[],
  seed: number,
): { kind: string; n: number; flagged: Flagged['flagged'] }[] {
  const kindOf = ({ group }: Seen): string => group.slice(0, group.indexOf('/'));
  return [...new Set(seen.map(kindOf))].sort().map((kind) => {
    const { n, flagged: share } = flagged(
      seen.filter((s) => kindOf(s) === kind),
      seed,
    );
    return { kind, n, flagged: share };
  });
}

/** How often fields and foreign images are flagged as unlike what the model learned from. */
export function noveltyPart(subject: Subject, external: ExternalSets): Part<ModelEvidence['novelty']> {
  const { predictor, seed } = subject;
  const { ood } = predictor.artifact.manifest;
  if (!ood) return NOTHING;
  const fields = sampleOf(subject.fields, SAMPLES.fields, seed);
  const pbc = external.pbc && sampleOf(external.pbc, SAMPLES.pictures, seed);
  const boxed = external.boxes?.map(({ image }) => ({ path: image, file: image }));
  const bccd = boxed ? sampleOf(boxed, SAMPLES.pictures, seed) : null;
  return {
    steps: 2 * fields.length + (pbc?.length ?? 0) + (bccd?.length ?? 0),
    measure: async (report) => {
      const next = inTurn(report);
      const own = await ofFields(subject, fields, next);
      const cells = pbc && (await ofPictures(predictor, pbc, next(pbc.length)));
      const others = bccd && (await ofPictures(predictor, bccd, next(bccd.length)));
      return {
        passes: ood.passes,
        ...own,
        pbc: cells && { ...flagged(cells, seed), kinds: byKind(cells, seed) },
        bccd: others && flagged(others, seed),
      };
    },
  };
}
