// What figures were measured on, in one line.
import { spawnSync } from 'node:child_process';
import { cpus, tmpdir, totalmem } from 'node:os';

/** Processor, cores, memory, the disk that temporary folders are on, Node. */
export function hardware() {
  const [cpu] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB of memory`;
  return [
    cpu?.model.trim() ?? 'processor unknown',
    `${cpus().length} cores`,
    memory,
    disk(),
    `Node ${process.version}`,
  ].join(' · ');
}

/** The file system the tests' folders are on, and its device. */
function disk() {
  const { stdout } = spawnSync('df', ['--output=fstype,source', tmpdir()], { encoding: 'utf8' });
  const [type, source] = (stdout ?? '').trim().split('\n').at(-1)?.split(/\s+/) ?? [];
  return type === undefined || type === '' ? 'disk unknown' : `${type} on ${source}`;
}
