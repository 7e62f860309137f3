import { run } from './program.ts';
import { outliveReaders } from './terminal/lost-streams.ts';

outliveReaders(process.stdout, process.stderr, () => process.exit(0));

const code = await run(process.argv.slice(2));
if (code !== 0) process.exitCode = code;
