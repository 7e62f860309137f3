import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

export interface Logs {
  file(service: string): string;
  writer(service: string): (line: string) => void;
}

/** One file a service under `<data>/logs`. */
export function openLogs(dataDir: string): Logs {
  const folder = join(dataDir, 'logs');
  mkdirSync(folder, { recursive: true });
  const file = (service: string) => join(folder, `${service}.log`);
  return { file, writer: (service) => (line) => appendFileSync(file(service), `${line}\n`) };
}
