/** The process's log says what went wrong, and nothing of the people whom the statement was about. */
import { pino, type DestinationStream, type LevelWithSilent, type Logger } from 'pino';

/** What a database's error carries besides its message: parameters of the statement, the row that was refused. */
const OF_PEOPLE = ['parameters', 'detail', 'where', 'driverError'].map((name) => `err.${name}`);

export function makeLog(level: LevelWithSilent, destination: DestinationStream): Logger {
  return pino({ level, redact: { paths: OF_PEOPLE, remove: true } }, destination);
}
