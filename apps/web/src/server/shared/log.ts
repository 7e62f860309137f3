/**
 * One line on stderr about a failure. Never its message: database errors carry the values of the failed query,
 * which may be patient data. Where it happened and what kind it is are enough to find it.
 */
export function logFailure(where: string, error: unknown): void {
  process.stderr.write(
    `${JSON.stringify({ at: new Date().toISOString(), where, ...describeFailure(error) })}\n`,
  );
}

interface FailureDescription {
  name: string;
  code?: string;
  stack?: string[];
  cause?: FailureDescription;
}

/** Class, code and stack frames of an error and of what caused it. */
export function describeFailure(error: unknown, depth = 0): FailureDescription {
  if (!(error instanceof Error)) return { name: typeof error };
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return {
    name: error.name,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...(frames.length > 0 ? { stack: frames.slice(0, 8).map((line) => line.trim()) } : {}),
    ...(error.cause !== undefined && depth < 3 ? { cause: describeFailure(error.cause, depth + 1) } : {}),
  };
}
