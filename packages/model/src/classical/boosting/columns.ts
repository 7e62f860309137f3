/** Features by column, each with the order of its rows from the lowest value on: sorted once, split many times. */
export interface Columns {
  readonly rows: number;
  readonly values: readonly Float32Array[];
  readonly order: readonly Int32Array[];
}

/** Rows of one length. */
export function columnsOf(rows: readonly Float32Array[]): Columns {
  const values = Array.from({ length: rows[0]?.length ?? 0 }, (_, k) =>
    Float32Array.from(rows, (row) => row[k] ?? 0),
  );
  const order = values.map((column) =>
    Int32Array.from(column.keys()).sort((a, b) => (column[a] ?? 0) - (column[b] ?? 0) || a - b),
  );
  return { rows: rows.length, values, order };
}
