import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RESEARCH_NOTICE } from '@blastwise/contracts';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from './commands/index.ts';
import { makeFixtures } from './testing/fixtures.ts';
import { runCli } from './testing/run-cli.ts';
import { runHere } from './testing/run-here.ts';

let root = '';
beforeAll(async () => {
  root = await makeFixtures();
});
afterAll(() => rm(root, { recursive: true, force: true }));

const ID = '0198c0de-0000-7000-8000-000000000001';

/** Commands that answer about an installation alone. */
const HOUSEKEEPING = new Set(['start', 'weights', 'models', 'admin', 'audit', 'backup', 'restore']);

/** A command and everything below it, as typed. */
const linesOf = (command: Command, before: readonly string[] = []): string[][] => {
  const line = [...before, command.name()];
  return [line, ...command.commands.flatMap((child) => linesOf(child, line))];
};

describe('usage', () => {
  it.each(COMMANDS.flatMap((command) => linesOf(command)).map((line) => [line.join(' '), line]))(
    '%s --help explains itself on stdout with status 0',
    async (name, line) => {
      const { status, stdout, stderr } = await runHere([...line, '--help']);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toMatch(new RegExp(`^Usage: blastwise ${name} `));
      // R22: what answers about fields, models or costs says what for, here and beside its answers.
      expect(stdout.endsWith(`For ${RESEARCH_NOTICE}.\n`)).toBe(!HOUSEKEEPING.has(line[0] ?? ''));
    },
  );

  it.each([
    [['--help'], 0],
    [['predict', '--help'], 0],
    [[], 2],
    [['predict', '--mask-dir', 'images', 'images/good.png'], 2],
  ])('%j as a process of its own ends with status %i', async (args, status) => {
    const outcome = await runCli(args, { cwd: root });
    expect(outcome.status).toBe(status);
    expect(outcome[status === 0 ? 'stdout' : 'stderr']).not.toBe('');
    expect(outcome[status === 0 ? 'stderr' : 'stdout']).toBe('');
  });

  it.each([
    ['no command', []],
    ['an unknown command', ['frobnicate']],
    ['an unknown option', ['predict', '--frobnicate', 'a.png']],
    ['no image', ['predict']],
    ['an unknown strategy', ['dataset', 'split', '.', '--strategy', 'odd', '--out', 'x.json']],
    ['a missing option', ['evaluate']],
    ['no such fold', ['dataset', 'split', '.', '--strategy', 'kfold', '--fold', '6', '--out', 'x.json']],
    ['an unknown copy', ['dataset', 'counterfactual', 'data', '--kind', 'odd', '--out', 'm']],
    ['colours without donors', ['dataset', 'counterfactual', 'data', '--kind', 'recoloured', '--out', 'm']],
    [
      'copies over a dataset',
      ['dataset', 'counterfactual', 'data', '--kind', 'grey', '--out', 'data', '--force'],
    ],
    ['a side without a split', ['evaluate', '--data', '.', '--side', 'test']],
    ['a seed that is no number', ['evaluate', '--data', '.', '--seed', 'x']],
    ['a negative seed', ['train', '--model', 'mobilenetv2', '--data', 'data', '--seed', '-1', '--out', 'm']],
    ['an unknown network', ['train', '--model', 'resnet', '--data', 'data', '--out', 'm']],
    [
      'sets of other sources where there are none',
      ['train', '--model', 'mobilenetv2', '--data', 'data', '--external', 'images', '--out', 'm'],
    ],
    [
      'epochs of hand-made features',
      ['train', '--model', 'svm', '--data', 'data', '--epochs', '3', '--out', 'm'],
    ],
    [
      'an unknown model to compare',
      ['compare', '--data', 'data', '--split', 'images/text.jpg', '--models', 'odd', '--out', 'm'],
    ],
    ['a comparison without a split', ['compare', '--data', 'data', '--models', 'svm', '--out', 'm']],
    [
      'a folder that holds no model, even with --force',
      ['train', '--model', 'mobilenetv2', '--data', 'data', '--out', 'images', '--force'],
    ],
    ['an artifact that exists', ['train', '--model', 'mobilenetv2', '--data', 'data', '--out', 'model']],
    [
      'a split that is none',
      ['train', '--model', 'mobilenetv2', '--data', 'data', '--split', 'images/text.jpg', '--out', 'm'],
    ],
    ['no such folder', ['evaluate', '--data', 'nowhere']],
    ['equal mask names', ['predict', '--mask-dir', 'm', 'a/one.png', 'b/one.jpg']],
    ['equal heatmap names', ['predict', '--heatmap-dir', 'm', 'a/one.png', 'b/one.jpg']],
    ['masks and heatmaps in one', ['predict', '--mask-dir', 'm', '--heatmap-dir', 'm', 'a/one.png']],
    ['equal mask names', ['segment', '--method', 'hsv', '--out-dir', 'm', 'a/one.png', 'b/one.jpg']],
    ['a mask over its image', ['segment', '--method', 'hsv', '--out-dir', 'images', 'images/good.png']],
    ['a predicted mask over its image', ['predict', '--mask-dir', 'images', 'images/good.png']],
    ['a heatmap over its image', ['predict', '--heatmap-dir', 'images', 'images/good.png']],
    ['no such model to predict', ['predict', '--model', 'nowhere', '--mask-dir', 'm', 'images/good.png']],
    [
      'no such model to segment',
      ['segment', '--method', 'unet', '--model', 'nowhere', '--out-dir', 'm', 'images/good.png'],
    ],
    ['no such model to evaluate', ['evaluate', '--model', 'nowhere', '--data', 'data']],
    ['no such model to export', ['export', 'onnx', 'nowhere', '--out', 'm/model.onnx']],
    ['no such champion', ['gate', '--champion', 'm', '--challenger', 'model', '--data', 'data']],
    ['nuclei by hsv', ['segment', '--method', 'hsv', '--channel', 'nucleus', '--out-dir', 'm', 'a.png']],
    ['a scale of none', ['predict', '--scale', '0', 'a.png']],
    ['a scale beyond the limit', ['predict', '--scale', '9', 'a.png']],
    ['cells too small to magnify', ['predict', '--cell-diameter', '5', 'a.png']],
    ['two scales', ['predict', '--scale', '1', '--cell-diameter', '25', 'a.png']],
    [
      'a scale for a method by colour',
      ['segment', '--method', 'stain', '--scale', '1', '--out-dir', 'm', 'a.png'],
    ],
    ['no such costs', ['predict', '--costs', 'nowhere.json', 'a.png']],
    ['a training without a reason', ['retrain']],
    ['a training with an empty reason', ['retrain', '--reason', ' ']],
    ['a kind that is none', ['retrain', '--reason', 'New cases.', '--kind', 'all']],
    ['a training to go on with that is none', ['retrain', '--resume', 'latest']],
    ['a training to cancel for a kind', ['retrain', '--cancel', ID, '--kind', 'head']],
    ['a training both to cancel and to resume', ['retrain', '--cancel', ID, '--resume', ID]],
    ['a cost weight of nothing', ['retrain', '--reason', 'New cases.', '--cost-weight', '0']],
    ['a cost weight out of range', ['retrain', '--reason', 'New cases.', '--cost-weight', '101']],
    ['a gate without a challenger', ['gate', '--champion', 'model', '--data', 'data']],
    ['no such challenger', ['gate', '--champion', 'model', '--challenger', 'm', '--data', 'data']],
    [
      'a margin above all',
      ['gate', '--champion', 'model', '--challenger', 'model', '--data', 'data', '--margin', '1'],
    ],
    [
      'an alpha of none',
      ['gate', '--champion', 'model', '--challenger', 'model', '--data', 'data', '--alpha', '0'],
    ],
    [
      'a budget of none',
      ['gate', '--champion', 'model', '--challenger', 'model', '--data', 'data', '--budget', '0'],
    ],
    [
      'a budget beyond proof',
      ['gate', '--champion', 'model', '--challenger', 'model', '--data', 'data', '--budget', '501'],
    ],
    [
      'a side without a split',
      ['gate', '--champion', 'model', '--challenger', 'model', '--data', 'data', '--side', 'test'],
    ],
    [
      'weights that are not there',
      ['train', '--model', 'vgg16', '--data', 'data', '--out', 'm', '--weights', 'w'],
    ],
    [
      'weights and none',
      [
        'train',
        '--model',
        'vgg16',
        '--data',
        'data',
        '--out',
        'm',
        '--weights',
        'costs.json',
        '--from-scratch',
      ],
    ],
    ['a bad e-mail address', ['admin', 'create', '--email', 'x', '--name', 'X']],
  ])('%s ends with status 2 before any work', async (_, args) => {
    const { status, stdout, stderr } = await runHere(args, { cwd: root });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).not.toBe('');
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(existsSync(join(root, 'm'))).toBe(false);
  });

  it('a DATABASE_URL of another product is bad usage, and is not repeated', async () => {
    const env = { DATABASE_URL: 'mysql://root:secret@localhost/x' };
    expect(await runHere(['audit', 'verify'], { cwd: root, env })).toEqual({
      status: 2,
      stdout: '',
      stderr: 'DATABASE_URL must be a postgres:// address.\n',
    });
  });
});
