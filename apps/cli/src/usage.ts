/** The command line asks for something impossible; found before any work is done. Exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
