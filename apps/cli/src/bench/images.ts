import type { Measured } from '@blastwise/model';
import { attempt } from './attempt.ts';
import { type BenchRow, missingRow, timeRow } from './rows.ts';

const GROUPED = [1000, 10_000, 100_000];
const SEARCHED = [1000, 2000, 4000];
const MANY = 100_000;
/** Above this power of the number of fields a time of so many more says nothing. */
const STEEP = 1.5;

const count = (n: number): string => n.toLocaleString('en');
const searchName = (n: number): string => `near-duplicates among ${count(n)} fields, all of like colours`;

/** How the work of `dataset inspect` and `dataset split` grows with the number of images. */
export async function images(): Promise<BenchRow[]> {
  const { timeDuplicates, timeGrouping } = await import('@blastwise/model');
  const rows: BenchRow[] = [];
  for (const n of GROUPED) {
    const name = `groups among ${count(n)} fields`;
    rows.push(...(await attempt(name, async () => [timeRow(name, (await timeGrouping(n)).median, null)])));
  }
  const searched = await attempt('near-duplicates', async () => {
    const measured: Measured[] = [];
    for (const n of SEARCHED) measured.push({ n, milliseconds: (await timeDuplicates(n)).median });
    return [
      ...measured.map(({ n, milliseconds }) => timeRow(searchName(n), milliseconds, null)),
      await extrapolated(measured),
    ];
  });
  return [...rows, ...searched];
}

/** The time of many fields by the growth that was measured, where it is flat enough to say. */
async function extrapolated(measured: readonly Measured[]): Promise<BenchRow> {
  const { growthPower } = await import('@blastwise/model');
  const power = growthPower(measured);
  const last = measured.at(-1);
  const name = `${searchName(MANY)}, extrapolated: time grows by n to the power ${power.toFixed(2)}`;
  if (!last || power > STEEP) return missingRow(name, 'not extrapolated: too steep');
  return timeRow(name, last.milliseconds * (MANY / last.n) ** power, null);
}
