/** The whole API as OpenAPI 3 at /api/openapi.json; every error answer is the same problem document. */
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { CSRF_HEADER, SESSION_COOKIE } from '../identity/session.guard.js';
import { Problem } from './problem.js';

/** Describes the running application. */
function openApiDocument(app: INestApplication, publicUrl: string): OpenAPIObject {
  const settings = new DocumentBuilder()
    .setTitle('Sổ Cái')
    .setDescription(
      'Sổ điểm và học bạ điện tử kiểm chứng được. Errors are RFC 9457 problem documents with a stable code.',
    )
    .setVersion('1')
    .addServer(publicUrl)
    .addCookieAuth(SESSION_COOKIE)
    .addApiKey({ type: 'apiKey', in: 'header', name: CSRF_HEADER }, 'csrf')
    .build();
  const document = SwaggerModule.createDocument(app, settings);
  const example = new Problem('NOT_FOUND', 'Không tìm thấy lớp, hoặc bạn không có quyền xem.').toDocument(
    '/api/classes/0',
  );
  for (const item of Object.values(document.paths)) {
    for (const operation of [item.get, item.put, item.post, item.delete, item.patch]) {
      if (operation === undefined) continue;
      operation.responses['default'] = {
        description: 'A problem (RFC 9457)',
        content: { 'application/problem+json': { schema: { type: 'object' }, example } },
      };
    }
  }
  return document;
}

/** Serves the document; it is made when first asked for, so that starting stays fast. */
export function serveOpenApi(app: INestApplication, publicUrl: string): void {
  let text: string | undefined;
  app
    .getHttpAdapter()
    .get(
      '/api/openapi.json',
      (_request: unknown, reply: { header(k: string, v: string): void; send(b: string): void }) => {
        text ??= JSON.stringify(openApiDocument(app, publicUrl));
        reply.header('content-type', 'application/json; charset=utf-8');
        reply.send(text);
      },
    );
}
