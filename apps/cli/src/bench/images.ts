import { attempt } from './attempt.ts';
import { type BenchRow, timeRow } from './rows.ts';

const COUNTS = [1000, 10_000, 100_000];

/** How the work of `dataset split` grows with the number of images, once they are read. */
export async function images(): Promise<BenchRow[]> {
  const { timeSplit } = await import('@blastwise/model');
  const rows: BenchRow[] = [];
  for (const count of COUNTS) {
    const name = `split of ${count.toLocaleString('en')} made-up fields by groups`;
    const measured = await attempt(name, async () => {
      const { search, groups, sides } = timeSplit(count);
      return [
        timeRow(name, search + groups + sides, null),
        timeRow(`${name}: the search for near-duplicates`, search, null),
        timeRow(`${name}: the groups`, groups, null),
        timeRow(`${name}: the sides`, sides, null),
      ];
    });
    rows.push(...measured);
  }
  return rows;
}
