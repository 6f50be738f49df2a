/** Reading a log's files before they are asked for, so that whoever hashes does not wait for each of them. */
import type { TileReader } from '../merkle/tile-tree.js';

/**
 * `reader`, with up to `count` of the files at `paths` (in the order in which they will be asked for) on their way. Any
 * other path is read when it is asked for. An error is that of the call which asks for the file.
 */
export function readAhead(reader: TileReader, paths: Iterable<string>, count: number): TileReader {
  const coming = paths[Symbol.iterator]();
  const begun = new Map<string, Promise<Uint8Array | undefined>>();
  const begin = (): void => {
    while (begun.size < count) {
      const next = coming.next();
      if (next.done === true) return;
      const reading = reader.readTile(next.value);
      reading.catch(() => undefined);
      begun.set(next.value, reading);
    }
  };
  return {
    readTile(path) {
      begin();
      const reading = begun.get(path);
      if (reading === undefined) return reader.readTile(path);
      begun.delete(path);
      begin();
      return reading;
    },
  };
}
