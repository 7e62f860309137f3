import { type FieldReadTwice, fieldsReadTwice } from '@blastwise/db';
import { type AgreementOptions, agreementOf } from '@blastwise/model/adjudication';
import type { Services } from '../services.ts';
import type { Person } from '../shared/schemas.ts';
import type { Agreement, Agreements } from './schemas.ts';

/** The same readings give the same interval each time. */
const SEED = 1;

function agreementOn(
  fields: readonly FieldReadTwice[],
  options: Omit<AgreementOptions, 'seed'> = {},
): Agreement | null {
  const pairs = fields.map(({ patient, first, second }) => ({
    group: patient,
    first: first.stage,
    second: second.stage,
  }));
  const agreement = agreementOf(pairs, { ...options, seed: SEED });
  if (!agreement) return null;
  const { groups: patients, ...figures } = agreement;
  return { ...figures, patients };
}

const personOf = ({ id, name }: Person): Person => ({ id, name });

/** Each two readers by name, and all pairs of readers together. */
export async function readersAgreement({ db }: Services): Promise<Agreements> {
  const fields = await fieldsReadTwice(db);
  const byPair = Map.groupBy(fields, ({ first, second }) => `${first.id} ${second.id}`);
  const pairs = [...byPair.values()].flatMap((shared): Agreements['pairs'] => {
    const [sample] = shared;
    const agreement = agreementOn(shared);
    if (!sample || !agreement) return [];
    return [{ ...agreement, readers: [personOf(sample.first), personOf(sample.second)] }];
  });
  return { pairs, overall: agreementOn(fields, { interchangeable: true }) };
}
