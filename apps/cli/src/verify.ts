import { EXIT, type CommandIo } from './io.js';

/** `socai verify`: not there yet. */
export function verifyCommand(_args: readonly string[], io: CommandIo): Promise<number> {
  io.stderr.write('not supported yet: socai verify\n');
  return Promise.resolve(EXIT.usage);
}
