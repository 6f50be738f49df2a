/** Builds and runs the checker that stands on the Go project's own transparency-log library (Debian's packages). */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const GOPATH = '/usr/share/gocode';
const installed =
  spawnSync('go', ['version']).status === 0 && existsSync(join(GOPATH, 'src/golang.org/x/mod/sumdb/tlog'));

/** Whether the checker can be built, or must be (SOCAI_REQUIRE_GO=1). */
export const goIsThere = installed || process.env['SOCAI_REQUIRE_GO'] === '1';

/** What the checker says of a folder under a key. */
export type GoJudge = (folder: string, vkey: string) => { status: number | null; said: string };

/** Builds the checker into `scratch`. */
export function buildGoChecker(scratch: string): GoJudge {
  const checker = join(scratch, 'check');
  const build = spawnSync('go', ['build', '-o', checker, resolve('test/conformance/go/check.go')], {
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
  return (folder, vkey) => {
    const { status, stdout } = spawnSync(checker, [folder, vkey], { encoding: 'utf8' });
    return { status, said: stdout.trim() };
  };
}
