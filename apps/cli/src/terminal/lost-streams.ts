interface Stream {
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
}

/**
 * What nobody reads any more ends no command half-way: a reader of results that stops early, as `| head` does, ends it
 * well; a terminal that was closed leaves it to stop in order, without a word.
 */
export function outliveReaders(stdout: Stream, stderr: Stream, end: () => void): void {
  stdout.on('error', (error) => {
    if (error.code === 'EPIPE') end();
    else if (error.code !== 'EIO') throw error;
  });
  stderr.on('error', (error) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  });
}
