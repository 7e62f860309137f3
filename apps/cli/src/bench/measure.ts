import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { attempt } from './attempt.ts';
import type { BenchContext } from './context.ts';
import { type BenchPart, PARTS } from './parts.ts';
import { type BenchRow, benchRowSchema, missingRow, type PartMemory } from './rows.ts';

const KIBIBYTES = 1024;
const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
/** A hundred rows take some 20 KB. */
const LARGEST_ANSWER = 2 ** 24;

export interface MeasuredPart {
  readonly rows: readonly BenchRow[];
  readonly memory: readonly PartMemory[];
}

/** Largest resident set of this process so far, MiB. */
export const peakMiB = (): number => Math.round(process.resourceUsage().maxRSS / KIBIBYTES);

/** What the portal takes lies in processes of its own. */
const isHere = (part: BenchPart): boolean => part !== 'portal';

export async function measureHere(part: BenchPart, context: BenchContext): Promise<MeasuredPart> {
  const rows = await attempt(part, () => PARTS[part](context));
  return { rows, memory: isHere(part) ? [{ part, peakMiB: peakMiB() }] : [] };
}

const answerSchema = z.object({
  rows: z.array(benchRowSchema),
  memory: z.array(z.strictObject({ part: z.string(), peakMiB: z.number() })),
});

/** The same in a process of its own, whose peak memory is the part's, and whose end ends nothing else. */
export async function measureApart(
  part: BenchPart,
  { folder, engine, url, demo }: BenchContext,
): Promise<MeasuredPart> {
  const given = { '--model': folder, '--engine': engine, '--url': url, '--demo': demo };
  const options = Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [name, value],
  );
  const args = [...process.execArgv, MAIN, 'bench', '--only', part, '--json', ...options];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: LARGEST_ANSWER });
    return answerSchema.parse(JSON.parse(stdout));
  } catch (error) {
    return { rows: [missingRow(part, `failed: ${endOf(error)}`)], memory: [] };
  }
}

const endSchema = z.object({ signal: z.string().nullish(), code: z.unknown() });

function endOf(error: unknown): string {
  const { signal, code } = endSchema.safeParse(error).data ?? {};
  return `its process ended by ${signal ?? `code ${String(code)}`}`;
}
