// What figures were measured on, in one line.
import { spawnSync } from 'node:child_process';
import { cpus, tmpdir, totalmem } from 'node:os';

/** Processor, cores, memory, the disk that `folder` is on, Node. @param {string} [folder] */
export function hardware(folder = tmpdir()) {
  const [cpu] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB of memory`;
  return [
    cpu?.model.trim() ?? 'processor unknown',
    `${cpus().length} cores`,
    memory,
    disk(folder),
    `Node ${process.version}`,
  ].join(' · ');
}

/** The file system that `folder` is on, and its device. @param {string} folder */
function disk(folder) {
  const { stdout } = spawnSync('df', ['--output=fstype,source', folder], { encoding: 'utf8' });
  const [type, source] = (stdout ?? '').trim().split('\n').at(-1)?.split(/\s+/) ?? [];
  return type === undefined || type === '' ? 'disk unknown' : `${type} on ${source}`;
}
