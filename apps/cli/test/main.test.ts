import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';

/** Runs the command line itself, from source, in a process of its own. */
function socai(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const loader = [
    '--no-warnings',
    '--conditions=socai-source',
    '--import',
    resolve('ledger/test/source-loader.mjs'),
  ];
  return spawnSync(process.execPath, [...loader, resolve('apps/cli/src/main.ts'), ...args], {
    encoding: 'utf8',
    input: '',
  });
}

describe('socai', () => {
  test('without a command, or with one that is not known, says how it is used and ends with 2', () => {
    for (const args of [[], ['frobnicate'], ['toString']]) {
      const { status, stdout, stderr } = socai(...args);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toContain('usage: socai');
    }
  });

  test('says so when a command of the contract is not there yet', () => {
    expect(socai('backup', 'make')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'not supported yet: socai backup\n',
    });
  });

  test('ends with the status of the command', () => {
    expect(socai('evaluate')).toMatchObject({ status: 0, stdout: '' });
    expect(socai('ledger', 'fsck')).toMatchObject({ status: 2, stdout: '' });
  });
});
