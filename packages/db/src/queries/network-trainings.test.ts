import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { UserActor } from '../actor.ts';
import { listenLive } from '../live/index.ts';
import {
  AUDIT_KEY,
  adjudicateForTests as adjudicate,
  digestOf,
  fakeQueue,
  MODEL,
  someCase,
  someModel,
  someone,
} from '../testing/fixtures.ts';
import { withTestDatabase } from '../testing/index.ts';
import { type EditedMasks, recordCorrection } from './corrections.ts';
import { noteRegisteredFolder, registeredFolder } from './registered-folders.ts';
import { settledFields, settledFieldsWithMasks, trainingManifestDigest } from './training-fields.ts';
import { claimTraining, failTraining } from './training-run.ts';
import { requestTraining } from './trainings.ts';

const GOOD = { fields: 2930, problem: null };
const BAD = { fields: 2930, problem: 'The registered folder is not the data of the base.' };

describe('trainings of a network', () => {
  const test = withTestDatabase();
  const queue = fakeQueue();
  let admin: UserActor;
  let seniors: readonly [UserActor, UserActor];
  let imageId = '';

  beforeAll(async () => {
    const { db } = test();
    admin = await someone(db, 'admin');
    seniors = [await someone(db, 'senior'), await someone(db, 'senior')];
    await someModel(db);
    [imageId = ''] = (await someCase(db, { actor: admin })).imageIds;
    await read(seniors[0]);
  });

  const read = (actor: UserActor, masks?: EditedMasks) =>
    recordCorrection(test().db, {
      actor,
      auditKey: AUDIT_KEY,
      adjudicate,
      imageId,
      seen: null,
      correction: {
        stage: 'Pre',
        certainty: 'sure',
        confirmedBy: 'genetics',
        severity: 'none',
        comment: '',
      },
      ...(masks && { masks }),
    });
  const request = (kind: 'head' | 'network' = 'network') =>
    requestTraining(test().db, {
      actor: admin,
      reason: 'Edited masks.',
      options: { kind, costWeight: null, seed: 1 },
      queue,
    });
  const refused = (message: RegExp) =>
    expect(request()).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringMatching(message) });

  it('are refused where no service has said lately that it has the data of the model', async () => {
    const { db, owner } = test();
    await refused(/^No inference service has a data folder/);
    await noteRegisteredFolder(db, MODEL, BAD);
    await refused(/is not the data of the base/);
    await noteRegisteredFolder(db, MODEL, GOOD);
    expect(await registeredFolder(db, MODEL)).toEqual(GOOD);
    await owner.execute(sql`update registered_folders set seen_at = now() - interval '61 seconds'`);
    expect(await registeredFolder(db, MODEL)).toBeNull();
    await refused(/^No inference service has a data folder/);
  });

  it('say from how many fields of the folder, and never otherwise', async () => {
    const { db, owner } = test();
    await noteRegisteredFolder(db, MODEL, GOOD);
    const { id, kind, folderFields } = await request();
    expect({ kind, folderFields }).toEqual({ kind: 'network', folderFields: 2930 });
    await expect(owner.execute(sql`update trainings set folder_fields = 1`)).rejects.toMatchObject({
      code: '23001',
    });
    await failTraining(db, { id, failure: 'For the next test.' });
    const head = await request('head');
    expect(head).toMatchObject({ kind: 'head', folderFields: null });
    await failTraining(db, { id: head.id, failure: 'For the next test.' });
  });

  it('learn from the masks that stand, which a head does not', async () => {
    const { db } = test();
    const [first, second] = seniors;
    const masksNow = async () => (await settledFieldsWithMasks(db))[0]?.masks;
    const [one, two, three] = [digestOf('one'), digestOf('two'), digestOf('three')];
    expect(await masksNow()).toBeUndefined();
    await read(first, { maskSha256: one, nucleusSha256: two });
    expect(await masksNow()).toEqual({ cells: one, nuclei: two });
    await read(second, { maskSha256: three });
    expect(await masksNow()).toEqual({ cells: three, nuclei: two });
    await read(second, { maskSha256: null });
    expect(await masksNow()).toEqual({ cells: one, nuclei: two });
    await noteRegisteredFolder(db, MODEL, GOOD);
    const { id, manifestSha256 } = await request();
    const claimed = await claimTraining(db, id);
    const [plain] = await settledFields(db);
    expect(claimed?.manifest).toEqual([{ ...plain, masks: { cells: one, nuclei: two } }]);
    const { group = '', sha256 = '' } = plain ?? {};
    expect(manifestSha256).toBe(digestOf(JSON.stringify([[imageId, group, 'Pre', 1, sha256, one, two]])));
    expect(manifestSha256).not.toBe(trainingManifestDigest(plain ? [plain] : []));
    await failTraining(db, { id, failure: 'For the next test.' });
  });

  it('tell listeners of a folder that is new or has changed, and not of one that stays', async () => {
    const { db } = test();
    const heard: string[] = [];
    const listener = await listenLive(test().appUrl, ({ kind }) => heard.push(kind));
    for (const folder of [GOOD, BAD, BAD, GOOD]) await noteRegisteredFolder(db, MODEL, folder);
    const end = await request('head');
    await failTraining(db, { id: end.id, failure: 'It is over.' });
    await expect.poll(() => heard).toHaveLength(4);
    await listener.close();
  });
});
