/**
 * Slows the guessing of one-time codes from a session that is open already: whoever sits down at somebody's desk has
 * the session, not the codes (security 3, 12). Passkeys cannot be guessed and are not counted.
 */
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { catchError, concatMap, from, throwError, type Observable } from 'rxjs';
import { Problem } from '../http/problem.js';
import type { RequestWithSession } from './session-context.js';
import { SignInAttempts } from './sign-in-attempts.js';

@Injectable()
export class StepUpAttempts implements NestInterceptor {
  constructor(private readonly attempts: SignInAttempts) {}

  /** An answer counts as wrong before it is checked; whatever else happens to the request takes that back. */
  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest & RequestWithSession>();
    if (request.session === undefined || !answersWithCode(request.body)) return next.handle();
    const counter = await this.attempts.beginStepUp(request.session);
    const takenBack = () => from(this.attempts.passed(counter));
    return next.handle().pipe(
      concatMap(async (answer: unknown) => {
        await this.attempts.passed(counter);
        return answer;
      }),
      catchError((error: unknown) => {
        const wrongCode = error instanceof Problem && error.code === 'SECOND_FACTOR_FAILED';
        const failed = throwError(() => error);
        return wrongCode ? failed : takenBack().pipe(concatMap(() => failed));
      }),
    );
  }
}

function answersWithCode(body: unknown): boolean {
  const act = (body as { act?: unknown } | null | undefined)?.act;
  return (act as { method?: unknown } | null | undefined)?.method === 'totp';
}
