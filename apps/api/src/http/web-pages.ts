/** Serves the built web pages of apps/web, when they are there. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** dist/web, whether this file runs from dist/apps/api/src/http or from the sources. */
const CANDIDATES = ['../../../../web', '../../../../dist/web'];

export async function serveWeb(app: NestFastifyApplication): Promise<void> {
  const root = CANDIDATES.map((path) => fileURLToPath(new URL(path, import.meta.url))).find((path) =>
    existsSync(`${path}/index.html`),
  );
  if (root === undefined) return;
  await app.register(fastifyStatic, { root, prefix: '/', wildcard: false, index: ['index.html'] });
}
