/** Lets a request in only with a live session, and a write only from our own pages with that session's CSRF token. */
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
/** Between the two steps of signing in. */
export const PENDING_COOKIE = '__Host-socai-pending';
export const CSRF_HEADER = 'x-csrf-token';

@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly sessions: Sessions,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest & RequestWithSession>();
    refuseOtherSites(request);
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>('socai:public', targets)) {
      seeOnly(EVERY_SCHOOL);
      return true;
    }
    const cookie = request.cookies[SESSION_COOKIE];
    seeOnly(cookie?.split('.')[0] ?? '');
    const found = cookie === undefined ? null : await this.sessions.find(cookie);
    if (!found) {
      throw new Problem(
        'NOT_SIGNED_IN',
        'Phiên làm việc chưa mở hoặc đã hết hạn. Hãy đăng nhập lại; những gì đã lưu vẫn còn.',
      );
    }
    if (isWrite(request)) checkCsrf(request, found.csrfToken);
    request.session = found.context;
    return true;
  }
}

function isWrite({ method }: FastifyRequest): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

/** Also without a session: another site must not sign a person in under its own account (security 13). */
function refuseOtherSites(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site'];
  if (isWrite(request) && site !== undefined && site !== 'same-origin' && site !== 'none') {
    throw new Problem('CSRF', 'Yêu cầu này đến từ một trang khác. Hãy mở lại trang của trường rồi làm lại.');
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
