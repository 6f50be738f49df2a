/** Builds and runs the checker that stands on the Go project's own transparency-log library (Debian's packages). */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const GOPATH = '/usr/share/gocode';
const installed =
  spawnSync('go', ['version']).status === 0 && existsSync(join(GOPATH, 'src/golang.org/x/mod/sumdb/tlog'));

/** Whether the checker can be built, or must be (SOCAI_REQUIRE_GO=1). */
export const goIsThere = installed || process.env['SOCAI_REQUIRE_GO'] === '1';

/** What the checker says: 0 and "ok …", or 1 and what does not hold. */
export interface GoVerdict {
  readonly status: number | null;
  readonly said: string;
}

export interface GoJudge {
  /**
   * Judges a log's folder under its key: signature, root over all entries, every inclusion. With `witnesses` (verifier
   * keys), each must have cosigned; with `checkpoints`, a folder of checkpoints saved earlier, all must be consistent.
   */
  (
    folder: string,
    vkey: string,
    also?: { readonly witnesses?: readonly string[]; readonly checkpoints?: string },
  ): GoVerdict;
  /** Judges a tlog-proof of the entry whose bytes are in `entryFile`; each of `witnesses` must have cosigned. */
  proof(file: string, entryFile: string, vkey: string, witnesses?: readonly string[]): GoVerdict;
}

/** Builds the checker into `scratch`. */
export function buildGoChecker(scratch: string): GoJudge {
  const checker = join(scratch, 'check');
  const build = spawnSync('go', ['build', '-o', checker, '.'], {
    cwd: resolve('test/conformance/go'),
    env: {
      ...process.env,
      GOPATH,
      GO111MODULE: 'off',
      GOFLAGS: '',
      GOCACHE: process.env['GOCACHE'] ?? join(scratch, 'cache'),
    },
    encoding: 'utf8',
  });
  if (build.status !== 0) throw new Error(`the Go checker does not build: ${build.stderr}`);
  const run = (args: readonly string[]): GoVerdict => {
    const { status, stdout } = spawnSync(checker, args, { encoding: 'utf8' });
    return { status, said: stdout.trim() };
  };
  const cosigned = (witnesses: readonly string[] = []): string[] =>
    witnesses.flatMap((key) => ['-witness', key]);
  const log = (
    folder: string,
    vkey: string,
    {
      witnesses,
      checkpoints,
    }: { readonly witnesses?: readonly string[]; readonly checkpoints?: string } = {},
  ): GoVerdict => {
    const saved = checkpoints === undefined ? [] : ['-checkpoints', checkpoints];
    return run(['log', ...cosigned(witnesses), ...saved, folder, vkey]);
  };
  return Object.assign(log, {
    proof: (file: string, entryFile: string, vkey: string, witnesses?: readonly string[]): GoVerdict =>
      run(['proof', ...cosigned(witnesses), file, entryFile, vkey]),
  });
}
