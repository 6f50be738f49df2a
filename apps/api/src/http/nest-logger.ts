/** Nest's own messages through the structured log. */
import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

export function nestLogger(log: Logger): LoggerService {
  return {
    log: (message: unknown, context?: string) => log.debug({ context }, String(message)),
    error: (message: unknown, stack?: string, context?: string) =>
      log.error({ context, stack }, String(message)),
    warn: (message: unknown, context?: string) => log.warn({ context }, String(message)),
    debug: (message: unknown, context?: string) => log.debug({ context }, String(message)),
    verbose: (message: unknown, context?: string) => log.trace({ context }, String(message)),
  };
}
