import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DomainError } from '@blastwise/contracts';
import pg from 'pg';

const BATCH = 500;

const fileOf = (folder: string, table: string): string => join(folder, 'tables', `${table}.jsonl`);

/**
 * Writes a table as one JSON object a line. PostgreSQL writes and later reads the JSON itself, so that every value
 * comes back exactly as it was.
 */
export async function writeTable(
  client: pg.Client,
  folder: string,
  table: string,
  order: string,
): Promise<{ rows: number; sha256: string }> {
  const hash = createHash('sha256');
  const file = await open(fileOf(folder, table), 'wx', 0o600);
  let rows = 0;
  try {
    const name = pg.escapeIdentifier(table);
    await client.query(
      `declare backup_rows no scroll cursor for select row_to_json(t)::text as line from ${name} t order by ${order}`,
    );
    for (;;) {
      const page = await client.query<{ line: string }>(`fetch ${BATCH} from backup_rows`);
      const text = page.rows.map(({ line }) => `${line}\n`).join('');
      hash.update(text);
      await file.appendFile(text);
      rows += page.rows.length;
      if (page.rows.length < BATCH) break;
    }
    await client.query('close backup_rows');
    await file.sync();
  } finally {
    await file.close();
  }
  return { rows, sha256: hash.digest('hex') };
}

/** Reads a table back; BAD_INPUT when the file is not the one that was written. */
export async function readTable(
  client: pg.Client,
  folder: string,
  table: string,
  expected: { rows: number; sha256: string },
): Promise<void> {
  const hash = createHash('sha256');
  const name = pg.escapeIdentifier(table);
  const insert = async (lines: string[]) => {
    const statement = `insert into ${name} overriding system value select * from json_populate_recordset(null::${name}, $1::json)`;
    await client.query(statement, [`[${lines.join(',')}]`]);
  };
  let rows = 0;
  const batch: string[] = [];
  for await (const line of createInterface({
    input: createReadStream(fileOf(folder, table)),
    crlfDelay: Infinity,
  })) {
    hash.update(`${line}\n`);
    rows += 1;
    batch.push(line);
    if (batch.length === BATCH) await insert(batch.splice(0));
  }
  if (batch.length > 0) await insert(batch);
  if (rows !== expected.rows || hash.digest('hex') !== expected.sha256) {
    throw new DomainError('BAD_INPUT', `The backup of ${table} is damaged; nothing was restored.`);
  }
}
