/** Serves the built pages of apps/web, when they are there: the staff app, the public verifier, and what they load. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** dist/web, whether this file runs from dist/apps/api/src/http or from the sources. */
const CANDIDATES = ['../../../../web', '../../../../dist/web'];

/** Addresses that are never a page of the app: an unknown one there is an error for programs, not a page for people. */
const NOT_PAGES = /^\/(api|ledger|assets)(\/|$)/;

export async function serveWeb(app: NestFastifyApplication): Promise<void> {
  const root = CANDIDATES.map((path) => fileURLToPath(new URL(path, import.meta.url))).find((path) =>
    existsSync(`${path}/index.html`),
  );
  if (root === undefined) return;
  await app.register(fastifyStatic, {
    root,
    wildcard: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders,
  });
  servePages(app.getHttpAdapter().getInstance());
}

/** The verifier has one address; every other address that no file and no route has is a screen of the staff app. */
function servePages(fastify: FastifyInstance): void {
  fastify.get('/kiem-chung', (_request, reply) => reply.sendFile('kiem-chung.html'));
  fastify.get('/*', (request: FastifyRequest, reply: FastifyReply) => {
    const [path = '/'] = request.url.split('?');
    const isPage = !NOT_PAGES.test(path) && !basename(path).includes('.');
    if (!isPage) return reply.callNotFound();
    return reply.sendFile('index.html');
  });
}

/** Built assets carry a hash of their content in their name; the pages that name them are asked for anew each time. */
function setHeaders(reply: FastifyReply, path: string): void {
  const lasting = /[\\/]assets[\\/]/.test(path);
  void reply.header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
}
