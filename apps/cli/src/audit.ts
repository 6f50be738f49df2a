import { EXIT, type CommandIo } from './io.js';

/** `socai audit`: not there yet. */
export function auditCommand(_args: readonly string[], io: CommandIo): Promise<number> {
  io.stderr.write('not supported yet: socai audit\n');
  return Promise.resolve(EXIT.usage);
}
