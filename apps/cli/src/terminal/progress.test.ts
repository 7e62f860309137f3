import { describe, expect, it, vi } from 'vitest';
import { progressBar } from './progress.ts';

function screen(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) };
}

describe('progressBar', () => {
  it('shows itself on a terminal after a second and wipes itself', () => {
    const terminal = screen(true);
    let time = 0;
    const bar = progressBar('Reading', terminal, () => time);
    bar(1, 4);
    time = 1500;
    bar(2, 4, 'loss 0.10');
    time = 1510;
    bar(3, 4);
    bar.end();
    expect(terminal.written).toEqual([
      '\r\x1b[KReading [##############..............] 2/4 loss 0.10',
      '\r\x1b[K',
    ]);
  });

  it('stays silent when stderr is no terminal, and when the work is short', () => {
    const file = screen(false);
    let time = 0;
    const bar = progressBar('Reading', file, () => time);
    time = 5000;
    bar(1, 2);
    bar.end();
    const terminal = screen(true);
    const short = progressBar('Reading', terminal, () => 0);
    short(2, 2);
    short.end();
    expect([...file.written, ...terminal.written]).toEqual([]);
  });

  it('is drawn every second by work that tells nothing, or nothing new, and not between clear and more', () => {
    vi.useFakeTimers();
    const terminal = screen(true);
    const bar = progressBar('Reading', terminal);
    vi.advanceTimersByTime(2000);
    bar(0, 2);
    terminal.written.length = 0;
    vi.advanceTimersByTime(1000);
    bar.clear();
    vi.advanceTimersByTime(5000);
    bar(2, 2);
    bar.end();
    vi.advanceTimersByTime(5000);
    vi.useRealTimers();
    expect(terminal.written).toEqual([
      '\r\x1b[KReading [............................] 0/2',
      '\r\x1b[K',
      '\r\x1b[KReading [############################] 2/2',
      '\r\x1b[K',
    ]);
  });

  it('shows the seconds of work that has told nothing', () => {
    vi.useFakeTimers();
    const terminal = screen(true);
    const bar = progressBar('Reading', terminal);
    vi.advanceTimersByTime(2500);
    bar.end();
    vi.useRealTimers();
    expect(terminal.written).toEqual(['\r\x1b[KReading 1 s', '\r\x1b[KReading 2 s', '\r\x1b[K']);
  });
});
