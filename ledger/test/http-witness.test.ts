import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { utf8 } from '#ledger/format/bytes.js';
import { httpWitness } from '#ledger-node/http-witness.js';
import { startWitnessServer } from '#ledger-node/witness-server.js';
import { checkCheckpoint } from '#ledger/verify/checkpoint.js';
import type { Policy } from '#ledger/format/policy.js';
import type { Witness } from '#ledger/log/ports.js';
import { Sequencer } from '#ledger/log/sequencer.js';
import { documentEvent, logSigner, ORIGIN, START, testLog } from './logs.js';
import { witnessSigner } from './witness-key.js';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let url: string;
/** What the server does with each request, in turn; the last again and again. */
let script: Handler[];
let asked: string[];
beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    request.resume();
    const [handler] = script.length > 1 ? script.splice(0, 1) : script;
    request.on('end', () => handler?.(request, response));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/w`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const answer =
  (status: number, body: string | Buffer = '', headers: Record<string, string> = {}): Handler =>
  (_, response) => {
    response.writeHead(status, headers);
    response.end(body);
  };
const hang: Handler = () => undefined;
const drop: Handler = (request) => request.socket.destroy();
const client = (timeoutMs = 2_000): Witness => httpWitness({ name: 'w', key: witnessSigner, url, timeoutMs });

describe('a log’s client of a witness', () => {
  test('posts under the given address, and answers status and body as they are', async () => {
    script = [answer(422, 'no\n')];
    const { status, body } = await client().addCheckpoint(utf8('old 0\n'));
    expect([status, [...body]]).toEqual([422, [...utf8('no\n')]]);
    expect(asked).toEqual(['POST /w/add-checkpoint']);
  });

  test.each([
    ['429 with Retry-After', answer(429, '', { 'retry-after': '0' })],
    ['429 without', answer(429)],
    ['500', answer(500)],
    ['503', answer(503)],
    ['a connection that drops', drop],
  ])('tries again after %s', async (_, first) => {
    script = [first, answer(200, 'done')];
    expect((await client().addCheckpoint(utf8('x'))).status).toBe(200);
    expect(asked).toHaveLength(2);
  });

  test('waits as long as Retry-After asks, up to its own time', async () => {
    script = [answer(429, '', { 'retry-after': '1' }), answer(200)];
    const started = performance.now();
    expect((await client().addCheckpoint(utf8('x'))).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(950);
    script = [answer(429, '', { 'retry-after': '86400' })];
    await expect(client(300).addCheckpoint(utf8('x'))).rejects.toThrow('did not answer within 300 ms');
  });

  test('gives up after three attempts', async () => {
    script = [answer(503)];
    await expect(client().addCheckpoint(utf8('x'))).rejects.toThrow('answered 503');
    expect(asked).toHaveLength(3);
  });

  test('a witness that hangs costs the timeout once; then it is left alone for a while, longer each time', async () => {
    script = [hang];
    const witness = client(60);
    await expect(witness.addCheckpoint(utf8('x'))).rejects.toThrow('did not answer within 60 ms');
    for (let i = 0; i < 5; i++) {
      await expect(witness.addCheckpoint(utf8('x'))).rejects.toThrow('asked again in');
      await expect(witness.latest(ORIGIN)).rejects.toThrow('asked again in');
    }
    expect(asked).toHaveLength(1);
    script = [answer(200)];
    await new Promise((done) => setTimeout(done, 300));
    expect((await witness.addCheckpoint(utf8('x'))).status).toBe(200);
  });

  test('nobody at the address: an error that says so, and no waiting for the timeout', async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    await expect(client(60_000).addCheckpoint(utf8('x'))).rejects.toThrow('ECONNREFUSED');
    server.listen(0);
  });

  test('a redirect is an answer, not a way', async () => {
    script = [answer(302, '', { location: `${url}/elsewhere` })];
    expect((await client().addCheckpoint(utf8('x'))).status).toBe(302);
    await expect(client().latest(ORIGIN)).rejects.toThrow('answered 302');
    expect(asked.filter((line) => line.includes('elsewhere'))).toEqual([]);
  });

  test('an answer without end is cut off, and not asked for again', async () => {
    script = [
      (_, response) => {
        response.writeHead(200);
        const more = (): void => {
          while (response.write(Buffer.alloc(10_000)));
        };
        response.on('drain', more);
        more();
      },
    ];
    await expect(client().addCheckpoint(utf8('x'))).rejects.toThrow('more than 65536 bytes');
    expect(asked).toHaveLength(1);
  });

  test('calls go one at a time, whoever makes them', async () => {
    let open = 0;
    let most = 0;
    script = [
      (_, response) => {
        most = Math.max(most, ++open);
        setTimeout(() => {
          open--;
          response.end();
        }, 5);
      },
    ];
    const witness = client();
    await Promise.all(Array.from({ length: 8 }, () => witness.addCheckpoint(utf8('x'))));
    expect([asked.length, most]).toEqual([8, 1]);
  });

  test('the newest checkpoint: its bytes, or undefined where there is none', async () => {
    script = [answer(404), answer(200, 'note')];
    const witness = client();
    expect(await witness.latest(ORIGIN)).toBeUndefined();
    expect([...((await witness.latest(ORIGIN)) ?? [])]).toEqual([...utf8('note')]);
    expect(asked[0]).toMatch(/^GET \/w\/[0-9a-f]{64}\/checkpoint$/);
  });

  test('only http and https are addresses of witnesses', () => {
    expect(() => httpWitness({ name: 'w', key: witnessSigner, url: 'file:///etc/passwd' })).toThrow(
      TypeError,
    );
  });
});

describe('a log and its witnesses over HTTP', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'socai-http-witness-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const policyWith = (rule: number): Policy => ({
    logs: [{ key: logSigner }],
    witnesses: [
      { name: 'good', key: witnessSigner },
      { name: 'w', key: { ...witnessSigner, name: 'other', keyId: 1, publicKey: new Uint8Array(32) } },
    ],
    groups: [{ name: 'enough', rule, members: ['good', 'w'] }],
    quorum: 'enough',
  });

  test.each([
    ['dead', drop],
    ['hanging', hang],
    ['lying', answer(200, '— other AAAAAQAAAAA=\n')],
    ['talking garbage', answer(200, Buffer.from([0xff, 0, 1, 2]))],
    ['redirecting', answer(301, '', { location: 'http://127.0.0.1:1/' })],
    ['conflicting without end', answer(409, '0\n')],
    ['refusing', answer(403, 'no\n')],
  ])(
    'one of two is %s: the other’s cosignature is enough where one is, and not where two are',
    async (_, behaves) => {
      script = [behaves];
      const good = await startWitnessServer({
        store: folder,
        signer: witnessSigner,
        logs: [logSigner],
        port: 0,
        clock: () => START,
      });
      const other = { ...client(150), key: policyWith(1).witnesses[1]?.key ?? witnessSigner };
      const witnesses = [httpWitness({ name: 'good', key: witnessSigner, url: good.url }), other];
      try {
        const log = testLog();
        log.store.add(documentEvent(1));
        for (const rule of [2, 1]) {
          const policy = policyWith(rule);
          const witnessing = { policy, witnesses, failOpen: rule === 2 };
          const sequencer = await Sequencer.open({ ...log.options, witnessing });
          const { quorum, witnessed, failures } = await sequencer.flush();
          if (rule === 1) expect(checkCheckpoint(log.tiles.checkpoint as Uint8Array, policy).size).toBe(2);
          expect([rule, quorum, [...witnessed.keys()], [...failures.keys()]]).toEqual([
            rule,
            rule === 1,
            ['good'],
            ['w'],
          ]);
        }
      } finally {
        await good.close();
      }
    },
  );
});
