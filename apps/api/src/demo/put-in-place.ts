/** Puts a folder that was made beside its place into it. */
import { mkdir, readdir, rename, rmdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Moves what is in `made` into `place`, which may hold other things (the files that `socai demo` left there). `last` is
 * moved last: while it is not there, nothing else counts.
 * @throws Error naming what is in the way, before anything is moved
 */
export async function putInPlace(made: string, place: string, last: string): Promise<void> {
  await mkdir(place, { recursive: true, mode: 0o700 });
  const there = new Set(await readdir(place));
  const names = (await readdir(made)).sort((a, b) => Number(a === last) - Number(b === last));
  const inTheWay = names.filter((name) => there.has(name));
  if (inTheWay.length > 0) {
    throw new Error(
      `${place} already holds ${inTheWay.join(', ')} without a database: move them away, or set SOCAI_DATA_DIR to another folder`,
    );
  }
  for (const name of names) await rename(join(made, name), join(place, name));
  await rmdir(made);
}
