/** A witness as an HTTP server (C2SP tlog-witness v1.0.0): add-checkpoint, and the newest checkpoint of each log. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '#ledger/log/ports.js';
import { answerAddCheckpoint, type WitnessOptions } from '#ledger/log/witness.js';
import { nodeCrypto } from './node-crypto.js';
import { FolderWitnessStore } from './witness-store.js';

/** A request holds at most 63 hashes and a note; a note of 100 signatures has some 20 KiB. */
const MAX_BODY_BYTES = 64 * 1024;
const HEADERS_MS = 5_000;
const REQUEST_MS = 10_000;
const IDLE_MS = 30_000;
const MAX_CONNECTIONS = 256;
const TEXT = 'text/plain; charset=utf-8';
const ADD = '/add-checkpoint';
const NEWEST = /^\/([0-9a-f]{64}\/checkpoint)$/;

export interface WitnessServerOptions {
  /** Its memory: a folder that is opened and locked here and let go by `close`, or a store opened by the caller. */
  readonly store: string | FolderWitnessStore;
  readonly signer: WitnessOptions['signer'];
  readonly logs: WitnessOptions['logs'];
  /** 0: any free port. */
  readonly port: number;
  /** "127.0.0.1" unless told. */
  readonly host?: string;
  /** The machine's clock unless told. */
  readonly clock?: Clock;
  /** Told of what went wrong inside while a request was answered with 500. */
  readonly onError?: (error: unknown) => void;
}

export interface WitnessServer {
  /** "http://127.0.0.1:41234", no trailing slash. */
  readonly url: string;
  /** Finishes what it is answering, and lets go of its folder. */
  close(): Promise<void>;
}

/** Starts a witness. LogError LOCKED while another process has its folder; a system error when the port is taken. */
export async function startWitnessServer(options: WitnessServerOptions): Promise<WitnessServer> {
  const { signer, logs, port, host = '127.0.0.1', clock = Date.now, onError = () => undefined } = options;
  const own = typeof options.store === 'string';
  const store =
    typeof options.store === 'string' ? await FolderWitnessStore.open(options.store) : options.store;
  const witness: WitnessOptions = { signer, logs, store, clock, crypto: nodeCrypto };
  const server = createServer((request, response) => {
    answer(request, witness, store)
      .catch((error: unknown) => {
        onError(error);
        return plain(500, 'internal error');
      })
      .then((answered) => send(request, response, answered))
      .catch(() => response.destroy());
  });
  bound(server);
  try {
    await listen(server, port, host);
  } catch (error) {
    if (own) await store.close();
    throw error;
  }
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${String((server.address() as AddressInfo).port)}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await closed;
      if (own) await store.close();
    },
  };
}

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
  readonly allow?: string;
}

async function answer(
  request: IncomingMessage,
  witness: WitnessOptions,
  store: FolderWitnessStore,
): Promise<Answer> {
  const [path = ''] = (request.url ?? '').split('?');
  if (path === ADD) {
    if (request.method !== 'POST') return notAllowed('POST');
    const body = await readBody(request);
    return body === undefined ? plain(413, 'too large') : answerAddCheckpoint(body, witness);
  }
  const [, file] = NEWEST.exec(path) ?? [];
  if (file === undefined) return plain(404, 'not found');
  if (request.method !== 'GET' && request.method !== 'HEAD') return notAllowed('GET, HEAD');
  const body = await store.at(file);
  return body === undefined
    ? plain(404, 'no checkpoint of this log')
    : { status: 200, contentType: TEXT, body };
}

/** The body; undefined when it is larger than any request can be. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  // Not destroyed when we stop reading: the answer goes out on the same connection.
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > MAX_BODY_BYTES) return undefined;
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

function send(request: IncomingMessage, response: ServerResponse, answered: Answer): void {
  const { status, contentType, body, allow } = answered;
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': body.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(allow === undefined ? {} : { allow }),
    // What is left of a request that was not read to its end must not be taken for the next one.
    ...(request.complete ? {} : { connection: 'close' }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function plain(status: number, reason: string): Answer {
  return { status, contentType: TEXT, body: Buffer.from(`${reason}\n`) };
}

function notAllowed(allow: string): Answer {
  return { ...plain(405, `only ${allow}`), allow };
}

/** Slow and many clients cost themselves, not the witness. */
function bound(server: Server): void {
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = REQUEST_MS;
  server.keepAliveTimeout = IDLE_MS;
  server.maxConnections = MAX_CONNECTIONS;
  server.on('clientError', (_error, socket) => {
    if (socket.writable)
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else socket.destroy();
  });
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
