import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertionOf, isErrorBy, MATURITY_STAGES } from '@blastwise/contracts';
import { writeNetworkGround } from '@blastwise/model/retraining/network-testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settled, violations } from './accessibility.ts';
import { chromiumPath, runningDataDir } from './env.ts';
import { fieldsOf, settle, submit } from './learning/calls.ts';
import { accountOf, type Stack, startStack } from './stack.ts';
import { fieldFile, setBlindShare, signIn } from './steps.ts';

// A product that runs already was started without the data folder of its model.
const possible = existsSync(chromiumPath) && runningDataDir === null;
const CASES = 6;
/** Reasons of the two trainings. */
const NETWORK = 'New looks and masks';
const HEAD = 'The last layers alone';

describe.skipIf(!possible)(
  'training blocks and U-Net, in a product with the data folder of its model',
  () => {
    let root = '';
    let stack: Stack | undefined;

    beforeAll(async () => {
      root = await mkdtemp(join(tmpdir(), 'blastwise-data-folder-'));
      const { baseDir, dataFolder } = await writeNetworkGround(root);
      Object.assign(process.env, { BLASTWISE_MODEL_DIR: baseDir, BLASTWISE_DATA_FOLDER: dataFolder });
      stack = await startStack();
      await setBlindShare(stack, 0);
    }, 300_000);
    afterAll(async () => {
      await stack?.stop();
      await rm(root, { recursive: true, force: true });
    });

    it('says which kinds there are, trains the one that is chosen, and says what came of it', async () => {
      if (!stack) throw new Error('The product has not started.');
      const reader = await stack.visitor();
      await signIn(reader.page, accountOf(stack.demo, 'clinician'));
      await settleCases(reader.page);

      const other = await stack.visitor();
      await signIn(other.page, accountOf(stack.demo, 'admin', 1), '/admin/training');
      const { page, faults } = await stack.visitor({ theme: 'dark' });
      await signIn(page, accountOf(stack.demo, 'admin'), '/admin/training');
      await page.getByText('Blocks and U-Net, from 16 fields of the registered folder').waitFor();
      await settled(page);
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Retrain…' }).click();
      const dialog = page.getByRole('dialog');
      const head = dialog.getByRole('radio', { name: /^Head, from cached features/ });
      expect(await head.isChecked()).toBe(true);
      await head.focus();
      await page.keyboard.press('ArrowDown', { delay: 100 });
      const network = dialog.getByRole('radio', { name: /^Blocks and U-Net, from 16 fields/ });
      expect(await network.isChecked()).toBe(true);
      await dialog.getByLabel('Reason').fill(NETWORK);
      expect(await violations(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Retrain' }).click();

      const underWay = underWayOn(page);
      await underWay.getByText('Blocks and U-Net, from 16 fields of the registered folder').waitFor();
      const epoch = underWay.getByText(/^U-Net: epoch \d of at most 6/);
      await epoch.waitFor({ timeout: 600_000 });
      await cancelAndResume(page, other.page);
      await epoch.waitFor({ timeout: 600_000 });
      await underWay.getByRole('img', { name: /^Dice of cells and nuclei: validation 0\.\d+/ }).waitFor();
      expect(await violations(page)).toEqual([]);
      await underWay.getByRole('img', { name: /^Accuracy: training \d/ }).waitFor({ timeout: 600_000 });
      const earlier = endedOn(page, NETWORK);
      await earlier.getByText('finished', { exact: true }).waitFor({ timeout: 600_000 });
      const said = await earlier.textContent();
      expect(said).toMatch(
        /Blocks and U-Net, from 16 fields of the registered folder\. Learned from \d fields?/,
      );
      expect(said).toMatch(/U-Net: mean Dice 0\.\d{3} before, 0\.\d{3} after/);
      expect([...faults, ...other.faults]).toEqual([]);
    }, 1_800_000);
  },
);

const underWayOn = (page: Page) => page.getByRole('region', { name: 'Training under way' });

/** A training that has ended, by its reason. */
const endedOn = (page: Page, reason: string) =>
  page
    .getByRole('region', { name: 'Earlier trainings' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: reason }) });

const resumeOn = (page: Page, reason: string) =>
  page.getByRole('button', { name: `Resume the training “${reason}”` });

/** Cancels the training under way on the first page; both show it as they stand. */
async function cancel(pages: readonly [Page, Page], reason: string): Promise<void> {
  await underWayOn(pages[0]).getByRole('button', { name: 'Cancel' }).click();
  for (const page of pages) {
    await endedOn(page, reason).getByText('cancelled', { exact: true }).waitFor();
    await endedOn(page, reason).getByText('It was cancelled.').waitFor();
    await underWayOn(page).waitFor({ state: 'detached' });
    expect(await resumeOn(page, reason).isEnabled()).toBe(true);
  }
}

/** Both pages, as they stand, show that this one is under way and let no other begin. */
async function goesOnAlone(pages: readonly [Page, Page], reason: string, cancelled: string): Promise<void> {
  for (const page of pages) {
    await underWayOn(page).getByText(reason).waitFor();
    await page.getByText('A training is under way.').waitFor();
    expect(await page.getByRole('button', { name: 'Retrain…' }).isEnabled()).toBe(false);
    expect(await resumeOn(page, cancelled).isEnabled()).toBe(false);
  }
}

/** Cancels the training that runs, sees that it cannot go on beside another, and lets it go on once that is cancelled, too. */
async function cancelAndResume(page: Page, other: Page): Promise<void> {
  await cancel([page, other], NETWORK);
  await other.getByRole('button', { name: 'Retrain…' }).click();
  await other.getByRole('dialog').getByLabel('Reason').fill(HEAD);
  await other.getByRole('dialog').getByRole('button', { name: 'Retrain' }).click();
  await goesOnAlone([page, other], HEAD, NETWORK);
  await cancel([other, page], HEAD);
  await resumeOn(other, NETWORK).click();
  await goesOnAlone([page, other], NETWORK, HEAD);
}

/** Submits generated fields, each as a case of its own, and says of each what was drawn, which settles it. */
async function settleCases(page: Page): Promise<void> {
  for (let i = 0; i < CASES; i++) {
    const stage = MATURITY_STAGES[i % MATURITY_STAGES.length] ?? 'Pro';
    const caseId = await submit(page, `FOLDER-${i}`, [await fieldFile(stage, 500 + i)]);
    const results = async () =>
      (await fieldsOf(page, caseId)).flatMap(({ imageId, result }) => (result ? { imageId, result } : []));
    await expect.poll(async () => (await results()).length, { timeout: 60_000, interval: 200 }).toBe(1);
    for (const field of await results()) {
      const isError = isErrorBy({ stage }, assertionOf(field.result.decision));
      await settle(page, field, { stage, severity: isError ? 'minor' : 'none' });
    }
  }
}
