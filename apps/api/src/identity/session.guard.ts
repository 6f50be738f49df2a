/** Lets a request in only with a live session, and a write only with that session's CSRF token. */
import { timingSafeEqual } from 'node:crypto';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { EVERY_SCHOOL, seeOnly } from '../database/school-scope.js';
import { Problem } from '../http/problem.js';
import type { RequestWithSession } from './session-context.js';
import { Sessions } from './sessions.js';

/** `__Host-`: only over TLS or on localhost, for this host alone, path /. */
export const SESSION_COOKIE = '__Host-socai';
export const CSRF_HEADER = 'x-csrf-token';

@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly sessions: Sessions,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>('socai:public', targets)) {
      seeOnly(EVERY_SCHOOL);
      return true;
    }
    const request = context.switchToHttp().getRequest<FastifyRequest & RequestWithSession>();
    const cookie = request.cookies[SESSION_COOKIE];
    seeOnly(cookie?.split('.')[0] ?? '');
    const found = cookie === undefined ? null : await this.sessions.find(cookie);
    if (!found) {
      throw new Problem(
        'NOT_SIGNED_IN',
        'Phiên làm việc chưa mở hoặc đã hết hạn. Hãy đăng nhập lại; những gì đã lưu vẫn còn.',
      );
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') checkCsrf(request, found.csrfToken);
    request.session = found.context;
    return true;
  }
}

function checkCsrf(request: FastifyRequest, expected: string): void {
  const given = request.headers[CSRF_HEADER];
  const a = Buffer.from(typeof given === 'string' ? given : '');
  const b = Buffer.from(expected);
  if (a.length !== b.length || !timingSafeEqual(a, b)) {
    throw new Problem('CSRF', `Thiếu hoặc sai tiêu đề ${CSRF_HEADER}. Hãy tải lại trang rồi làm lại.`);
  }
}
