import { DomainError } from '@blastwise/contracts';

/** A field, quoted or bare, and what ends it. Bare fields hold no quote. */
const FIELD = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r\n?|\n|$)/y;

/**
 * Reads comma-separated values (RFC 4180): quoted fields, doubled quotes, lines that end in CRLF, LF or CR, a byte
 * order mark. The record at index i is row i + 1 of a spreadsheet; an empty line is a record of one empty field,
 * and the end of the last line starts no new one. Throws `BAD_INPUT` naming the row where quotes do not match.
 */
export function parseCsv(text: string): string[][] {
  const source = text.replace(/^\uFEFF/, '');
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at < source.length || record.length > 0) {
    FIELD.lastIndex = at;
    const found = FIELD.exec(source);
    if (!found) throw new DomainError('BAD_INPUT', `Row ${records.length + 1}: the quotes do not match.`);
    const [whole, quoted, bare = '', end] = found;
    record.push(quoted?.replaceAll('""', '"') ?? bare);
    at += whole.length;
    if (end === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}
