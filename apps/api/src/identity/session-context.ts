/** Who is asking, from the server-side session; never from the request's body. */
import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';

/** The person behind a request. */
export interface SessionContext {
  readonly schoolId: string;
  readonly sessionId: string;
  readonly personId: string;
}

/** A Fastify request after the session guard. */
export interface RequestWithSession {
  session?: SessionContext;
}

/** Marks a route that needs no session. */
export const Public = () => SetMetadata('socai:public', true);

/** Gives a handler the session that the guard found. */
export const CurrentSession = createParamDecorator(
  (_: unknown, context: ExecutionContext): SessionContext => {
    const { session } = context.switchToHttp().getRequest<RequestWithSession>();
    if (!session) throw new Error('a route without a session asked for one: is it marked @Public()?');
    return session;
  },
);
