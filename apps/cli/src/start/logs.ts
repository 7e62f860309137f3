import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes that a log may hold before it is put aside. */
const LARGEST = 10 * 2 ** 20;

export interface Logs {
  file(service: string): string;
  writer(service: string): (line: string) => void;
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** Puts a log of more than `largest` bytes aside, as `<name>.1.log`, in the place of the one before. */
export function rollOver(file: string, largest = LARGEST): void {
  if (sizeOf(file) > largest) renameSync(file, file.replace(/\.log$/, '.1.log'));
}

/**
 * One file a service under `<data>/logs`, and the one before it: twice `largest` bytes at most, and one line. A line that
 * cannot be written, as on a full disk, is lost: the services go on.
 */
export function openLogs(dataDir: string, largest = LARGEST): Logs {
  const folder = join(dataDir, 'logs');
  mkdirSync(folder, { recursive: true });
  const file = (service: string) => join(folder, `${service}.log`);
  const writer = (service: string) => (line: string) => {
    try {
      rollOver(file(service), largest);
      appendFileSync(file(service), `${line}\n`);
    } catch {
      // There is nowhere to say so.
    }
  };
  return { file, writer };
}
