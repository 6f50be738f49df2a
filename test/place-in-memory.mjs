// Where tests keep their databases and files: in memory, when there is room. What a test waits for a disk is a third of
// its time, and no test is about a disk's own speed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
const ROOM = 4 * 2 ** 30;

/** @returns the folder, or undefined where there is none with room from which programs may run too */
export function placeInMemory() {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    if (bavail * bsize < ROOM) return undefined;
    const probe = mkdtempSync(join(MEMORY, 'socai-'));
    try {
      const program = join(probe, 'probe');
      writeFileSync(program, '#!/bin/sh\n', { mode: 0o700 });
      return spawnSync(program).status === 0 ? MEMORY : undefined;
    } finally {
      rmSync(probe, { recursive: true });
    }
  } catch {
    return undefined;
  }
}
