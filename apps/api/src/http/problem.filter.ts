/** The one error filter: everything thrown becomes RFC 9457 problem+json with a stable code. */
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Problem, STATUS, type ProblemCode } from './problem.js';

@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = asProblem(error);
    if (problem.code === 'INTERNAL')
      this.log.error({ err: error, route: request.routeOptions.url }, 'unexpected error');
    const { retryAfter } = problem.extra;
    if (typeof retryAfter === 'number') void reply.header('retry-after', String(retryAfter));
    answer(reply, problem, request.url);
  }
}

/** What no route is found for, because the address cannot be decoded or is too long, before any handler of ours. */
export function answerBadAddress(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  answer(reply, asProblem(error), request.url);
}

function answer(reply: FastifyReply, problem: Problem, url: string): void {
  void reply
    .status(STATUS[problem.code])
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problem.toDocument(url.split('?')[0] ?? '')));
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const status = statusOf(error);
  if (status === 404) return new Problem('NOT_FOUND', 'Không có địa chỉ này.');
  if (status === 413) return new Problem('TOO_LARGE', 'Dữ liệu gửi lên lớn hơn mức cho phép.');
  if (status !== undefined && status >= 400 && status < 500) {
    const code: ProblemCode = 'VALIDATION';
    return new Problem(code, `Yêu cầu không đọc được: ${messageOf(error)}`);
  }
  return new Problem(
    'INTERNAL',
    'Hệ thống gặp lỗi ngoài dự kiến; chưa có gì bị ghi dở. Hãy thử lại, nếu vẫn vậy thì báo nhân viên CNTT.',
  );
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (typeof error === 'object' && error !== null && 'statusCode' in error) return Number(error.statusCode);
  return undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
