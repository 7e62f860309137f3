import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MATURITY_STAGES, type MaturityStage, STUDY_COSTS, stageIndex } from '@blastwise/contracts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settled, violations } from './accessibility.ts';
import { chromiumPath } from './env.ts';
import { fieldsOf, settle } from './learning/calls.ts';
import {
  type AnsweredCase,
  calledAs,
  drawnFrom,
  modelsOf,
  nearestMalignant,
  submitDrawn,
} from './learning/cases.ts';
import { blastwise, writeEqualModel, writeShiftedFields } from './learning/server.ts';
import { accountOf, type Stack, startStack, type Visitor } from './stack.ts';
import { newSenior, setBlindShare, signIn, textOf, waitForResult } from './steps.ts';

const found = existsSync(chromiumPath);

const SHIFTED = 'Shifted smears';
const LOOKED_AT_FIRST = 3;
const CASES = 30;
/** Of a case in the look that is learned. */
const FIELDS = 3;
const LOCKED = 32;
/** Of the comparison: picture, field, truth, two answers, two costs. */
const COLUMNS = 7;
/** Of the cases read after the promotion. */
const AFTER = 8;

/** Reads the open field as key 1 to 4, surely and by eye. */
async function read(page: Page, key: string): Promise<void> {
  const form = page.getByRole('region', { name: 'Your reading' });
  await page.keyboard.press(key);
  await form.getByRole('radio', { name: 'Sure', exact: true }).click();
  const severity = form.getByRole('radio', { name: 'Minor' });
  if (await severity.isEnabled()) await severity.click();
  await page.keyboard.press('Control+Enter');
}

async function open(page: Page, { caseId }: AnsweredCase): Promise<void> {
  await page.goto(`/cases/${caseId}`);
  await waitForResult(page);
}

const standing = (page: Page, words: string) =>
  page.getByTestId('adjudication').getByText(words, { exact: true }).waitFor();

// One product for the whole of it: every step goes on from the one before.
describe.skipIf(!found)(
  found ? 'learning from experts' : 'learning (skipped: Chromium is not installed)',
  () => {
    let stack: Stack;
    let folder = '';
    let readers: [Visitor, Visitor];
    let admins: [Visitor, Visitor];
    const cases: AnsweredCase[] = [];
    let shifted: AnsweredCase[] = [];
    let unread: AnsweredCase | undefined;
    let disputed: AnsweredCase | undefined;
    /** Drawn in this look, which the model takes for Benign, fields are of this stage to the experts. */
    let look: MaturityStage;
    let truth: MaturityStage;
    const starter = () => modelsOf(cases)[0] ?? '';
    let retrained = '';

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'learning-'));
      stack = await startStack();
      // What a journey sees must not be left to chance.
      await setBlindShare(stack, 0);
      const visit = async (role: 'clinician' | 'admin', nth: number) => {
        const visitor = await stack.visitor();
        await signIn(
          visitor.page,
          accountOf(stack.demo, role, nth),
          role === 'admin' ? '/admin/models' : '/cases',
        );
        return visitor;
      };
      readers = [await visit('clinician', 0), await visit('clinician', 1)];
      admins = [await visit('admin', 0), await visit('admin', 1)];
    }, 300_000);
    afterAll(async () => {
      await stack?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    const [first, second] = [() => readers[0].page, () => readers[1].page];
    const [admin, otherAdmin] = [() => admins[0].page, () => admins[1].page];

    it('takes thirty drawn cases, most in the look that the model takes for Benign', async () => {
      const looked = MATURITY_STAGES.flatMap((each, i) =>
        drawnFrom(each, { seed: 2000 + 100 * i, count: LOOKED_AT_FIRST }),
      );
      cases.push(...(await submitDrawn(first(), 'LEARN', looked)));
      const benign = (each: MaturityStage) =>
        calledAs(
          'Benign',
          cases.filter((c) => c.look === each),
        );
      look = MATURITY_STAGES.toSorted((a, b) => benign(b) - benign(a))[0] ?? 'Benign';
      expect(benign(look), 'the model takes no drawn look for Benign').toBeGreaterThan(LOOKED_AT_FIRST / 2);
      const more = { seed: 2500, count: CASES - cases.length, fields: FIELDS };
      cases.push(...(await submitDrawn(first(), 'LEARN', drawnFrom(look, more))));
      shifted = cases.filter((c) => c.look === look);
      truth = nearestMalignant(shifted);
      await first().getByLabel('Search by pseudonym').fill('LEARN');
      await first()
        .getByRole('tab', { name: new RegExp(`^All ?${CASES}$`) })
        .waitFor();
    }, 90_000);

    it('keeps what two clinicians say, each settled by flow cytometry', async () => {
      const others = cases.filter((c) => c.look !== look);
      // One is left unread and one for a disagreement.
      unread =
        others.find((c) => !c.first.result.decision.defer && c.first.result.decision.stage) ?? others[0];
      disputed = others.find((c) => c !== unread);
      const settling = [...shifted, ...others.filter((c) => c !== unread && c !== disputed)];
      const readOwn = async (page: Page, own: readonly AnsweredCase[]) => {
        for (const { look: seen, fields } of own)
          for (const field of fields) await settle(page, field, seen === look ? truth : seen);
      };
      await Promise.all(
        [first(), second()].map((page, i) =>
          readOwn(
            page,
            settling.filter((_, n) => n % 2 === i),
          ),
        ),
      );
      const [one] = shifted;
      if (!one) throw new Error('No case is shifted.');
      await open(second(), one);
      await standing(second(), `Settled: ${truth}, confirmed by flow cytometry or genetics`);
    });

    it('leads a disagreement to the senior, who settles it', async () => {
      const account = await newSenior(stack);
      if (!disputed) throw new Error('No case is left.');
      for (const [page, key] of [
        [first(), '3'],
        [second(), '4'],
      ] as const) {
        await open(page, disputed);
        const again = page.getByRole('button', { name: 'Add your reading' });
        if (await again.isVisible()) await again.click();
        await read(page, key);
        await page.getByText('Latest reading').waitFor();
      }
      await standing(second(), 'Disputed: readers disagree; a senior decides');
      const senior = await stack.visitor();
      await signIn(senior.page, account);
      await senior.page.getByRole('link', { name: 'To decide , 1 waiting' }).click();
      await senior.page.getByRole('link', { name: disputed.pseudonym }).click();
      await senior.page.getByRole('button', { name: 'Decide', exact: true }).waitFor();
      await waitForResult(senior.page);
      await read(senior.page, '3');
      await standing(senior.page, 'Settled: Pre, a senior decided');
      await standing(first(), 'Settled: Pre, a senior decided');
      await senior.context.close();
    }, 60_000);

    it('proposes costs from what was judged, a second admin approves them, and decisions change', async () => {
      if (!unread) throw new Error('No case is unread.');
      await open(first(), unread);
      await admin().goto('/admin/costs');
      await admin().getByRole('button', { name: 'From readers’ judgements' }).click();
      await admin()
        .getByText(/judgements? on \d+ fields? counts?\.$/)
        .waitFor();
      await admin().getByRole('button', { name: 'Use as draft' }).click();
      const missed = admin().getByLabel(`Cost when truly ${truth}, called Benign`);
      expect(Number(await missed.inputValue())).not.toBe(STUDY_COSTS.matrix[stageIndex(truth)]?.[0]);
      // And a second reading for nothing, so that whatever is in doubt is referred.
      await admin().getByLabel('Cost of a second reading').fill('0');
      await admin()
        .getByText(/unread decisions? would change/)
        .waitFor();
      await admin().getByRole('button', { name: 'Propose', exact: true }).click();
      await admin().getByText('You proposed this version.').waitFor();

      const account = accountOf(stack.demo, 'admin', 1);
      await otherAdmin().goto('/admin/costs');
      await otherAdmin().getByRole('button', { name: 'Activate…' }).click();
      const dialog = otherAdmin().getByRole('dialog');
      await dialog.getByLabel('Reason').fill('Agreed in the Monday round');
      await dialog.getByLabel('Your password').fill(account.password);
      await dialog.getByRole('button', { name: 'Activate' }).click();
      await otherAdmin()
        .getByText(/^Version \d+ is in force$/)
        .waitFor();

      // The clinician's page was never reloaded.
      await first().getByRole('heading', { name: 'Decisions' }).waitFor();
      await first().getByTestId('decision').getByText('Deferred').waitFor();
      const [now] = await fieldsOf(first(), unread.caseId);
      const before = unread.first.result.decision;
      expect(now?.result?.decision.costMatrixVersion).toBeGreaterThan(before.costMatrixVersion);
      expect(now?.result?.decision.expectedCosts).not.toEqual(before.expectedCosts);
    }, 60_000);

    it('retrains from what was settled, watched to its end', async () => {
      // Opened before the training, which must not see anything like it.
      const { data, split } = await writeShiftedFields(folder, {
        look,
        truth,
        seed: 3000,
        count: LOCKED,
      });
      await blastwise(stack.dataDir, [
        'models',
        'test-set',
        'add',
        data,
        '--name',
        SHIFTED,
        '--split',
        split,
      ]);
      await admin().goto('/admin/training');
      await admin().getByRole('button', { name: 'Retrain…' }).click();
      const dialog = admin().getByRole('dialog');
      await dialog.getByLabel('Reason').fill('Smears that were taken for Benign');
      await dialog.getByRole('button', { name: 'Retrain' }).click();
      await admin().getByRole('region', { name: 'Training under way' }).waitFor();
      await admin()
        .getByText(/^Epoch \d+ of at most \d+; .* left\.$/)
        .waitFor({ timeout: 60_000 });
      await settled(admin());
      expect(await violations(admin())).toEqual([]);
      const item = admin().getByRole('article').filter({ hasText: 'Smears that were taken for Benign' });
      await item.getByText('finished', { exact: true }).waitFor({ timeout: 150_000 });
      await item.getByText(/^Learned from \d+ fields, \d+ kept for the test side\./).waitFor();
      await item.getByText('Details').click();
      retrained = await textOf(item.locator('dd').first());
      expect(retrained).toMatch(/^[0-9a-f]{64}$/);
    }, 240_000);

    const registry = (page: Page, digest: string) =>
      page
        .getByRole('navigation', { name: 'Models' })
        .getByRole('button')
        .filter({ hasText: digest.slice(0, 12) });
    /** What the gate said last, with its reasons. */
    async function verdictOn(page: Page): Promise<string> {
      const region = page.getByRole('region', { name: 'Verdict' });
      await expect
        .poll(() => region.textContent(), { timeout: 90_000, interval: 200 })
        .not.toMatch(/being judged/);
      return textOf(region);
    }
    async function judge(page: Page, digest: string, set: RegExp): Promise<void> {
      await page.goto('/admin/models');
      await registry(page, digest).click();
      await page.getByRole('button', { name: 'Judge…' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('combobox', { name: 'Locked test set' }).click();
      await page.getByRole('option', { name: set }).click();
      await dialog.getByRole('button', { name: 'Judge', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
    }

    it('refuses a challenger that answers as the champion does, for too little evidence', async () => {
      const equal = await writeEqualModel(join(folder, 'equal'));
      await blastwise(stack.dataDir, ['models', 'add', join(folder, 'equal')]);
      await judge(admin(), equal, /^Test side of/);
      expect(await verdictOn(admin())).toMatch(
        /^Verdict too little evidence.*There is too little evidence to tell/,
      );
      for (const page of [admin(), otherAdmin()]) {
        await page.goto('/admin/models');
        await registry(page, equal).click();
        expect(await verdictOn(page)).toContain('too little evidence');
        expect(await page.getByRole('button', { name: 'Promote…' }).count()).toBe(0);
      }
    }, 90_000);

    it('lets the retrained one pass, by another admin than who trained it', async () => {
      await judge(admin(), retrained, new RegExp(`^${SHIFTED}`));
      expect(await verdictOn(admin())).toContain('may be promoted');
      expect(await admin().getByRole('button', { name: 'Promote…' }).isDisabled()).toBe(true);
      await otherAdmin().goto('/admin/models');
      await registry(otherAdmin(), retrained).click();
      await otherAdmin().getByRole('button', { name: 'Promote…' }).click();
      const dialog = otherAdmin().getByRole('dialog');
      await dialog.getByLabel('Reason').fill('Sees what readers saw');
      await dialog.getByLabel('Your password').fill(accountOf(stack.demo, 'admin', 1).password);
      await dialog.getByRole('button', { name: 'Promote' }).click();
      await registry(otherAdmin(), retrained).getByText('champion').waitFor();

      const after = await submitDrawn(first(), 'AFTER', drawnFrom(look, { seed: 4000, count: AFTER }));
      expect(modelsOf(after)).toEqual([retrained]);
      expect(calledAs(truth, shifted)).toBeLessThan(shifted.length / 4);
      expect(calledAs(truth, after)).toBeGreaterThanOrEqual(AFTER / 4);
    }, 120_000);

    it('shows both models side by side, and the judgements over time', async () => {
      const page = otherAdmin();
      await page.goto('/admin/models');
      await registry(page, starter()).click();
      // By keyboard alone.
      await page.getByRole('tab', { name: 'Model', exact: true }).focus();
      await page.keyboard.press('ArrowRight');
      const table = page.getByRole('table', { name: 'Fields on which both models were judged' });
      await table.waitFor();
      const texts = await table.getByRole('cell').allTextContents();
      const cells = Array.from({ length: texts.length / COLUMNS }, (_, i) =>
        texts.slice(i * COLUMNS, (i + 1) * COLUMNS),
      );
      const differ = cells.map(([, field = '']) => field.endsWith('differs'));
      expect(differ).toEqual(differ.toSorted((a, b) => Number(b) - Number(a)));
      const learned = cells.filter(
        ([, , actual, now = '', before = '']) =>
          actual === truth && now.startsWith(truth) && before.startsWith('Benign'),
      );
      expect(learned.length).toBeGreaterThan(LOCKED / 4);
      const width = () => page.evaluate("document.querySelector('td img').naturalWidth");
      await expect.poll(width, { timeout: 10_000 }).toBeGreaterThan(0);
      const differing = await textOf(page.getByText(/^Different stages on/));
      expect(Number(/\d+/.exec(differing)?.[0])).toBe(differ.filter(Boolean).length);
      const faults = async () => {
        const seen: string[] = [];
        for (const colorScheme of ['dark', 'light'] as const) {
          await page.emulateMedia({ colorScheme });
          await settled(page);
          seen.push(...(await violations(page)));
        }
        return seen;
      };
      expect(await faults()).toEqual([]);
      await page.getByRole('tab', { name: 'Compare two' }).focus();
      await page.keyboard.press('ArrowRight');
      const numbers = page.getByRole('table', { name: 'Judgements, numbers' });
      await numbers.waitFor();
      expect(await numbers.getByRole('row').count()).toBe(3);
      await numbers.getByText('may be promoted').waitFor();
      await page.getByRole('heading', { name: 'No case was read in blind review yet' }).waitFor();
      expect(await faults()).toEqual([]);
    }, 60_000);

    it('is rolled back by one person, in effect for the next field', async () => {
      const page = admin();
      await page.goto('/admin/models');
      await registry(page, starter()).click();
      await page.getByRole('button', { name: 'Roll back to this model…' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Reason').fill('Misses more in practice');
      await dialog.getByRole('button', { name: 'Roll back' }).click();
      await registry(page, starter()).getByText('champion').waitFor();
      const next = await submitDrawn(first(), 'BACK', drawnFrom(look, { seed: 5000, count: 1 }));
      expect(modelsOf(next)).toEqual([starter()]);

      await page.goto('/admin/audit');
      await page.getByRole('cell', { name: 'model.roll-back' }).first().waitFor();
      await page.getByRole('button', { name: 'Verify the trail' }).click();
      await page.getByRole('dialog').getByText('The trail is intact').waitFor();
      expect([...readers, ...admins].flatMap(({ faults }) => faults)).toEqual([]);
    }, 60_000);
  },
);
