// Looks for code that nothing uses. knip follows package imports to dist/ when it is there and then sees no source, so
// dist/ is put aside while it runs; should this be interrupted, the next start builds it again.
import { spawnSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(ROOT, 'dist');
const aside = join(ROOT, 'node_modules', '.socai-dist-aside');

rmSync(aside, { recursive: true, force: true });
const built = existsSync(dist);
if (built) renameSync(dist, aside);
let status = 1;
try {
  const knip = join(ROOT, 'node_modules/knip/bin/knip.js');
  status = spawnSync(process.execPath, [knip, '--no-progress'], { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
} finally {
  if (built) renameSync(aside, dist);
}
process.exit(status);
