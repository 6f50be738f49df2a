/** Builds the HTTP server around the application: cookies, headers, uploads, logs, OpenAPI, static pages. */
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import fastifyMultipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { AppModule, type Installation } from './app.module.js';
import { beginRequest } from './database/school-scope.js';
import { nestLogger } from './http/nest-logger.js';
import { serveOpenApi } from './http/openapi.js';
import { answerBadAddress } from './http/problem.filter.js';

const MAX_BODY_BYTES = 2 * 1024 * 1024;
/** Uploaded workbooks: security.md row 27 caps what is inflated out of them. */
const MAX_UPLOAD_BYTES = 5 * 1024 * 1024;

/**
 * The application, ready to listen.
 * @param web whether the built pages are served too; tests of the API leave them out
 */
export async function createServer(installation: Installation, web = true): Promise<NestFastifyApplication> {
  const { trustedProxies = [] } = installation.config;
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_BODY_BYTES,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    routerOptions: { ignoreTrailingSlash: true },
    frameworkErrors: answerBadAddress,
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(installation), adapter, {
    logger: nestLogger(installation.log),
    abortOnError: false,
  });
  await app.register(fastifyCookie);
  await app.register(fastifyMultipart, { limits: { fileSize: MAX_UPLOAD_BYTES, files: 1, fields: 10 } });
  await app.register(fastifyHelmet, { contentSecurityPolicy: contentSecurityPolicy(), hsts: false });
  logRequests(adapter.getInstance(), installation.log);
  // After the body was read: what runs from here on, guards and handlers, knows whose rows it may see.
  adapter.getInstance().addHook('preHandler', (_request, _reply, done) => beginRequest(done));
  serveOpenApi(app, installation.config.publicUrl);
  // Loaded when asked for: jest on Node 20 cannot load the static server's ESM-only dependency.
  if (web) await (await import('./http/web-pages.js')).serveWeb(app);
  app.enableShutdownHooks();
  return app;
}

/** Scripts, styles and data from our own origin only; nothing inline, no frames, no other origin. */
function contentSecurityPolicy() {
  return {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
  };
}

/** One line a request, without ids, names or addresses: the route's pattern, the status, the time it took. */
function logRequests(fastify: FastifyInstance, log: Logger): void {
  fastify.addHook('onResponse', async (request, reply) => {
    log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'unmatched',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'request',
    );
  });
}
