import { EXIT, type CommandIo } from './io.js';

/** `socai demo`: not there yet. */
export function demoCommand(_args: readonly string[], io: CommandIo): Promise<number> {
  io.stderr.write('not supported yet: socai demo\n');
  return Promise.resolve(EXIT.usage);
}
