import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMalignant, REASON_TEXT } from '@blastwise/contracts';
import { sideOfCorrected } from '@blastwise/model/reserved';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blastwise } from '../support/blastwise.ts';
import { settled, violations, violationsInBothThemes } from './accessibility.ts';
import { chromiumPath, takesScreenshots } from './env.ts';
import { meanProbability, modelsOf, shareCalled } from './learning/answers.ts';
import { fieldsOf } from './learning/calls.ts';
import { type AnsweredCase, drawnFrom, submitByForm, submitDrawn } from './learning/cases.ts';
import { comparedRows } from './learning/compared.ts';
import { ABOVE_REFERRAL, activate, canTurn, startDraft, turningReferral } from './learning/costs.ts';
import { LOOKS } from './learning/looks.ts';
import {
  figuresOn,
  inService,
  judge,
  openModel,
  plotsOn,
  promote,
  rollBack,
  setMargin,
  verdictOn,
} from './learning/models.ts';
import { open, type Reading, readingsOf, settleAll, settleByForm, standing } from './learning/readings.ts';
import { newAdmin, writeDrawnFields, writeEqualModel, writeWorseModel } from './learning/server.ts';
import { alike, type Shift, shiftAmong } from './learning/shift.ts';
import { take } from './screenshots.ts';
import { accountOf, type Stack, startStack, type Visitor } from './stack.ts';
import { newSenior, readAs, setBlindShare, signIn, textOf, waitForResult } from './steps.ts';

const found = existsSync(chromiumPath);

const SHIFTED = 'Another laboratory';
const CASES = 30;
const PROBED = 2;
const FIELDS = 3;
/** Dropped on the form at once. */
const DROPPED = 12;
/** Cases of benign cells from the same laboratory. */
const HEALTHY = 6;
/** Cases of one field, for one to be disputed that the training learns from. */
const DISPUTABLE = 3;
/** Fields that the gate needs to see that less leukemia is missed than before, and that benign cells are still known. */
const LOCKED = { shifted: 32, healthy: 8 } as const;
/**
 * Percentage points: every training moves a borderline field or two of the first set, of which one is half a point. At the default of
 * one point the shifted set alone would have to hold 299 malignant fields; that promotion is simulated in the gate's own tests.
 */
const MARGIN = 3;
/** Groups that must differ before the gate's level of 0.05 / 20 can be reached: 2^-9 is below it, 2^-8 is not. */
const LEAST_DIFFERING = 9;

// One product for the whole of it: every step goes on from the one before, and what is done hangs on what the model says.
describe.skipIf(!found)(
  found ? 'learning from experts' : 'learning (skipped: Chromium is not installed)',
  () => {
    let stack: Stack;
    let folder = '';
    let readers: [Visitor, Visitor];
    let admins: [Visitor, Visitor];
    const cases: AnsweredCase[] = [];
    let shift: Shift;
    let shifted: AnsweredCase[] = [];
    let unread: AnsweredCase;
    let disputed: AnsweredCase;
    let readings: Reading[] = [];
    let starter = '';
    let retrained = '';
    let after: AnsweredCase[] = [];
    const [first, second] = [() => readers[0].page, () => readers[1].page];
    const [admin, otherAdmin] = [() => admins[0].page, () => admins[1].page];

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'learning-'));
      stack = await startStack();
      // What a journey sees must not be left to chance.
      await setBlindShare(stack, 0);
      const visit = async (role: 'clinician' | 'admin', nth: number) => {
        const visitor = await stack.visitor();
        const path = role === 'admin' ? '/admin/models' : '/cases';
        await signIn(visitor.page, accountOf(stack.demo, role, nth), path);
        return visitor;
      };
      readers = [await visit('clinician', 0), await visit('clinician', 1)];
      admins = [await visit('admin', 0), await visit('admin', 1)];
    }, 600_000);
    afterAll(async () => {
      await stack?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    it('takes thirty drawn cases, one dropped on the form and the rest through its interface, the later ones from a laboratory in whose pictures the model misses leukemia', async () => {
      const probes = LOOKS.flatMap((look, i) =>
        drawnFrom(look, { seed: 2000 + PROBED * i, count: 1, fields: PROBED }),
      );
      cases.push(...(await submitDrawn(first(), 'LEARN', probes)));
      shift = shiftAmong(cases);
      const dropped = drawnFrom(shift.look, { seed: 2100, count: 1, fields: DROPPED });
      for (const each of dropped) cases.push(await submitByForm(first(), 'LEARN', each));
      const other = LOOKS.filter((look) => isMalignant(look.cells) && !alike(look, shift.look)).slice(0, 1);
      const toDispute = other.flatMap((look) =>
        drawnFrom(look, { seed: 2200, count: DISPUTABLE, fields: 1 }),
      );
      const count = CASES - cases.length - toDispute.length - HEALTHY;
      const later = [
        ...toDispute,
        ...drawnFrom(shift.healthy, { seed: 2300, count: HEALTHY, fields: FIELDS }),
        ...drawnFrom(shift.look, { seed: 2400, count, fields: FIELDS }),
      ];
      cases.push(...(await submitDrawn(first(), 'LEARN', later)));

      shifted = cases.filter(({ look }) => alike(look, shift.look));
      expect(shareCalled('Benign', shifted)).toBeGreaterThan(0.5);
      const models = modelsOf(cases);
      expect(models).toHaveLength(1);
      starter = models[0] ?? '';
      await first().goto('/cases');
      await first().getByLabel('Search by pseudonym').fill('LEARN');
      await first()
        .getByRole('tab', { name: new RegExp(`^All ?${CASES}$`) })
        .waitFor();
    });

    it('keeps what two clinicians say, a case each by the form and the rest through its interface, settled by flow cytometry', async () => {
      const others = cases.filter(({ look }) => !alike(look, shift.look));
      const take = (suits: (each: AnsweredCase) => boolean): AnsweredCase => {
        const at = others.findIndex(suits);
        const [taken] = at < 0 ? [] : others.splice(at, 1);
        if (!taken) throw new Error('No case suits.');
        return taken;
      };
      // Which epoch is kept must not hang on the case or two that chance lays on the validation side.
      const isLearned = ({ caseId }: AnsweredCase) => sideOfCorrected(caseId) === 'train';
      disputed = take((each) => each.fields.length === 1 && isLearned(each));
      unread = take((each) => canTurn(each.first.result.decision));
      const taught = shifted.filter(isLearned);
      const healthy = others.filter((each) => alike(each.look, shift.healthy) && isLearned(each));
      readings = readingsOf([...taught, ...healthy]);
      const [one, other] = taught.toReversed();
      if (!one || !other) throw new Error('Too few cases are shifted.');
      const of = ({ caseId }: AnsweredCase) => readings.filter((reading) => reading.caseId === caseId);
      const rest = readings.filter(({ caseId }) => caseId !== one.caseId && caseId !== other.caseId);
      await settleByForm(first(), of(one));
      await settleByForm(second(), of(other));
      const halves = [0, 1].map((half) => rest.filter((_, i) => i % 2 === half));
      await Promise.all([first(), second()].map((page, i) => settleAll(page, halves[i] ?? [])));
      await open(second(), one);
      await standing(second(), `Settled: ${shift.look.cells}, confirmed by flow cytometry or genetics`);
    });

    it('leads a disagreement to the senior, who settles it', async () => {
      const account = await newSenior(stack);
      for (const [page, key] of [
        [first(), '2'],
        [second(), '3'],
      ] as const) {
        await open(page, disputed);
        const again = page.getByRole('button', { name: 'Add your reading' });
        if (await again.isVisible()) await again.click();
        await readAs(page, key);
        await page.getByText('Latest reading').waitFor();
      }
      await standing(second(), 'Disputed: readers disagree; a senior decides');
      const senior = await stack.visitor();
      await signIn(senior.page, account);
      await senior.page.getByRole('link', { name: 'To decide , 1 waiting' }).click();
      await senior.page.getByRole('link', { name: disputed.pseudonym }).click();
      await senior.page.getByRole('button', { name: 'Decide', exact: true }).waitFor();
      await readAs(senior.page, '2');
      await standing(senior.page, 'Settled: Early, a senior decided');
      await standing(first(), 'Settled: Early, a senior decided');
      expect(senior.faults).toEqual([]);
      await senior.context.close();
    });

    it('proposes costs from what was judged, a second admin approves them, and decisions change', async () => {
      const before = unread.first.result.decision;
      await open(first(), unread);
      await startDraft(
        admin(),
        readings.flatMap(({ error }) => error ?? []),
      );
      await admin().getByLabel('Cost of a second reading').fill(turningReferral(before));
      await admin()
        .getByText(/^[1-9]\d* of \d+ unsettled decisions? would change/)
        .waitFor();
      await admin().getByRole('button', { name: 'Propose', exact: true }).click();
      await admin().getByText('You proposed this version.').waitFor();
      expect(await admin().getByRole('button', { name: 'Activate…' }).count()).toBe(0);
      await activate(otherAdmin(), accountOf(stack.demo, 'admin', 1));

      const now = async () => (await fieldsOf(first(), unread.caseId))[0]?.result?.decision ?? before;
      await expect
        .poll(async () => (await now()).costMatrixVersion, { timeout: 300_000, interval: 200 })
        .toBeGreaterThan(before.costMatrixVersion);
      const after = await now();
      expect(after.reasons.includes(ABOVE_REFERRAL)).toBe(!before.reasons.includes(ABOVE_REFERRAL));
      expect(after.defer).toBe(!before.defer);
      // The clinician's page was never reloaded.
      const summary = first()
        .locator('section')
        .filter({ has: first().getByTestId('decision') })
        .last();
      await summary
        .getByText(REASON_TEXT[ABOVE_REFERRAL])
        .waitFor({ state: after.reasons.includes(ABOVE_REFERRAL) ? 'visible' : 'detached' });
      await summary
        .getByTestId('decision')
        .getByText(after.defer ? 'Deferred' : (after.stage ?? 'Not assessable'))
        .first()
        .waitFor();
    });

    it('retrains from what was settled, watched to its end', async () => {
      // Opened before the training, which must not see anything like it.
      const drawn = [
        { look: shift.look, count: LOCKED.shifted },
        { look: shift.healthy, count: LOCKED.healthy },
      ];
      const { data, split } = await writeDrawnFields(folder, drawn, 3000);
      await blastwise(stack, [
        ...['models', 'test-set', 'add', data],
        ...['--name', SHIFTED, '--split', split],
      ]);
      const reason = `${shift.look.cells} that was taken for Benign`;
      await admin().goto('/admin/training');
      await admin().getByRole('button', { name: 'Retrain…' }).click();
      const dialog = admin().getByRole('dialog');
      await dialog.getByLabel('Reason').fill(reason);
      await dialog.getByRole('button', { name: 'Retrain' }).click();
      await admin().getByRole('region', { name: 'Training under way' }).waitFor();
      await admin()
        .getByText(/^Epoch \d+ of at most \d+; .* left\.$/)
        .waitFor({ timeout: 500_000 });
      await settled(admin());
      expect(await violations(admin())).toEqual([]);
      const item = admin().getByRole('article').filter({ hasText: reason });
      await item.getByText('finished', { exact: true }).waitFor({ timeout: 500_000 });
      await item.getByText(/Learned from \d+ fields, \d+ kept for the test side\./).waitFor();
      await item.getByText('Details').click();
      retrained = await textOf(item.locator('dd').first());
      expect(retrained).toMatch(/^[0-9a-f]{64}$/);
    });

    it('refuses a challenger that answers as the champion does', async () => {
      const equal = await writeEqualModel(join(folder, 'equal'));
      await blastwise(stack, ['models', 'add', join(folder, 'equal'), '--reason', 'A copy.']);
      expect(await judge(admin(), equal, /^Test side of/)).toMatch(
        /^Verdict refused.*The challenger is refused.*The challenger answers alike/,
      );
      for (const page of [admin(), otherAdmin()]) {
        await openModel(page, equal);
        expect(await verdictOn(page)).toContain('The challenger answers alike');
        expect(await page.getByRole('button', { name: 'Promote…' }).count()).toBe(0);
      }
    });

    it('refuses a challenger that misses leukemia, with the figures and plots that say why', async () => {
      const worse = await writeWorseModel(join(folder, 'worse'));
      await blastwise(stack, ['models', 'add', join(folder, 'worse'), '--reason', 'It calls Benign.']);
      const verdict = await judge(admin(), worse, /^Test side of/);
      // Where reserved cases decide, the reason is that it may be no worse here.
      expect(verdict).toMatch(
        /^Verdict refused.*The challenger is refused; the champion stays\..*(costs [\d.]+ more per field|it may be no worse)/,
      );
      const figures = await figuresOn(admin());
      const percent = (row: string): number => Number.parseFloat(figures.get(row) ?? '');
      expect(figures.get('Cost per field, challenger minus champion')).toMatch(
        /^\+[\d.]+ \(95 % interval \+/,
      );
      expect(percent('Malignant called Benign, challenger')).toBeGreaterThan(
        percent('Malignant called Benign, champion'),
      );
      const plots = await plotsOn(admin());
      expect(plots).toHaveLength(2);
      for (const plot of plots) expect(plot).toContain('The interval reaches beyond.');
      expect(await violations(admin())).toEqual([]);
      expect(await admin().getByRole('button', { name: 'Promote…' }).count()).toBe(0);
    });

    it('lets a third admin widen the margin, with a reason', async () => {
      const { page, context, faults } = await stack.visitor();
      await signIn(page, await newAdmin(stack.dataDir), '/admin/models');
      await setMargin(page, MARGIN);
      expect(await violationsInBothThemes(page)).toEqual([]);
      expect(faults).toEqual([]);
      await context.close();
    });

    it('lets the retrained one pass, by another admin than who trained it', async () => {
      const verdict = await judge(admin(), retrained, new RegExp(`^${SHIFTED}`));
      expect(verdict).toContain('may be promoted');
      expect(verdict).toMatch(/On the first locked test set, Test side of .*, it may not be worse/);
      expect(verdict).toContain('3.00 percentage points, a margin that Karin Holm set');
      expect(await admin().getByRole('button', { name: 'Promote…' }).isDisabled()).toBe(true);
      await openModel(otherAdmin(), retrained);
      expect(await verdictOn(otherAdmin())).toContain('may be promoted');
      if (takesScreenshots) await take(otherAdmin(), 'models');
      await promote(otherAdmin(), retrained, accountOf(stack.demo, 'admin', 1));

      after = await submitDrawn(first(), 'AFTER', [
        ...drawnFrom(shift.look, { seed: 4000, count: 2, fields: FIELDS }),
        ...drawnFrom(shift.healthy, { seed: 4100, count: 2, fields: FIELDS }),
      ]);
      expect(modelsOf(after)).toEqual([retrained]);
      const fresh = after.filter(({ look }) => alike(look, shift.look));
      expect(shareCalled('Benign', fresh)).toBeLessThan(shareCalled('Benign', shifted));
      expect(meanProbability(shift.look.cells, fresh)).toBeGreaterThan(
        meanProbability(shift.look.cells, shifted),
      );
      const healthy = after.filter(({ look }) => alike(look, shift.healthy));
      expect(shareCalled('Benign', healthy)).toBeGreaterThan(0.5);
    });

    it('shows both models side by side, and the judgements over time', async () => {
      const page = otherAdmin();
      await openModel(page, starter);
      // By keyboard alone.
      await page.getByRole('tab', { name: 'Model', exact: true }).focus();
      await page.keyboard.press('ArrowRight');
      const rows = await comparedRows(page);
      const differ = rows.map((row) => row.differs);
      expect(differ).toEqual(differ.toSorted((a, b) => Number(b) - Number(a)));
      const learned = rows.filter((row) => row.truth === shift.look.cells && row.costs[0] < row.costs[1]);
      expect(learned.length).toBeGreaterThanOrEqual(LEAST_DIFFERING);
      const differing = await textOf(page.getByText(/^Different stages on/));
      expect(Number(/\d+/.exec(differing)?.[0])).toBeGreaterThanOrEqual(differ.filter(Boolean).length);
      const width = () => page.evaluate("document.querySelector('td img').naturalWidth");
      await expect.poll(width, { timeout: 60_000 }).toBeGreaterThan(0);
      expect(await violationsInBothThemes(page)).toEqual([]);

      await page.getByRole('tab', { name: 'Compare two' }).focus();
      await page.keyboard.press('ArrowRight');
      const numbers = page.getByRole('table', { name: 'Judgements, numbers' });
      await numbers.waitFor();
      expect(await numbers.getByRole('row').count()).toBe(4);
      await numbers.getByText('may be promoted').waitFor();
      await page.getByRole('heading', { name: 'No case was read in blind review yet' }).waitFor();
      expect(await violationsInBothThemes(page)).toEqual([]);
    });

    it('is rolled back by one person, in effect for the next field, and what it said is analysed again', async () => {
      await rollBack(admin(), starter);
      const next = drawnFrom(shift.look, { seed: 5000, count: 1, fields: 1 });
      expect(modelsOf(await submitDrawn(first(), 'BACK', next))).toEqual([starter]);
      await otherAdmin().goto('/admin/models');
      await inService(otherAdmin(), starter);

      const [withdrawn] = after;
      if (!withdrawn) throw new Error('Nothing was submitted after the promotion.');
      const { caseId } = withdrawn;
      const modelsNow = async () =>
        (await fieldsOf(first(), caseId)).map(({ result }) => result?.analysis.versions.modelDigest);
      await open(first(), withdrawn);
      const note = first().getByText('A model that is no longer in service said this.');
      await note.waitFor();
      await first().getByRole('button', { name: 'Analyse again' }).click();
      // The page shows the new result by itself.
      await note.waitFor({ state: 'detached' });
      await waitForResult(first());
      expect(await textOf(first().getByRole('region', { name: 'Model result' }))).toContain(
        starter.slice(0, 12),
      );
      expect(await modelsNow()).toEqual([starter, ...withdrawn.fields.slice(1).map(() => retrained)]);

      await admin().goto('/admin/audit');
      await admin().getByRole('cell', { name: 'model.roll-back' }).first().waitFor();
      await admin().getByRole('button', { name: 'Verify the trail' }).click();
      await admin().getByRole('dialog').getByText('The trail is intact').waitFor();
      expect([...readers, ...admins].flatMap(({ faults }) => faults)).toEqual([]);
    });
  },
);
