import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { UsageError } from '../usage.ts';

/** Asks for a password that is there, without showing what is typed; where stdin is no terminal, takes its first line. */
export async function askPassword(): Promise<string> {
  return process.stdin.isTTY ? askHidden('Password: ') : firstLine();
}

/** The same for a new one, asked for twice on a terminal. */
export async function choosePassword(): Promise<string> {
  const password = await askPassword();
  if (process.stdin.isTTY && (await askHidden('Again: ')) !== password)
    throw new UsageError('The two passwords differ.');
  return password;
}

async function firstLine(): Promise<string> {
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) return line;
  throw new UsageError('Give the password on the first line of standard input.');
}

async function askHidden(question: string): Promise<string> {
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await reader.question('');
  } finally {
    reader.close();
    process.stderr.write('\n');
  }
}
