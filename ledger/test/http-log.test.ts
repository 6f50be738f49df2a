import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import { HttpLogReader } from '#ledger-node/http-log.js';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
});

/** A server that answers as told; its address, and the paths asked for. */
async function serving(answer: RequestListener): Promise<{ address: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, asked };
}

/** A server that answers with these statuses, one after another, and then with 200 and "there". */
async function statuses(...list: number[]): Promise<{ address: string; asked: string[] }> {
  return serving((_request, response) => {
    const status = list.shift() ?? 200;
    response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end('there');
  });
}

const quick = { pauseMs: 1 };
const text = (bytes: Uint8Array | undefined) =>
  bytes === undefined ? undefined : Buffer.from(bytes).toString();

describe('a log over HTTP', () => {
  test('asks for the paths of tlog-tiles below its address, with or without a slash at the end', async () => {
    const { address, asked } = await statuses();
    const log = new HttpLogReader(`${address}/ledger/th-ben-tram//`, quick);
    expect(text(await log.readCheckpoint())).toBe('there');
    expect(text(await log.readTile('tile/entries/x001/234.p/7'))).toBe('there');
    expect(asked).toEqual([
      '/ledger/th-ben-tram/checkpoint',
      '/ledger/th-ben-tram/tile/entries/x001/234.p/7',
    ]);
  });

  test('404 means that the file is not there', async () => {
    const { address } = await statuses(404, 404);
    const log = new HttpLogReader(address, quick);
    expect(await log.readCheckpoint()).toBeUndefined();
    expect(await log.readTile('tile/0/000')).toBeUndefined();
  });

  test.each([429, 500, 502, 503])('%i is tried three times and no more', async (status) => {
    const twice = await statuses(status, status);
    expect(text(await new HttpLogReader(twice.address, quick).readCheckpoint())).toBe('there');
    const thrice = await statuses(status, status, status);
    await expect(new HttpLogReader(thrice.address, quick).readCheckpoint()).rejects.toMatchObject({
      code: 'UNREACHABLE',
      message: expect.stringContaining(String(status)),
    });
    expect(thrice.asked).toHaveLength(3);
  });

  test.each([302, 204, 206, 400, 403, 410])('%i is refused at once', async (status) => {
    const { address, asked } = await statuses(status);
    await expect(new HttpLogReader(address, quick).readCheckpoint()).rejects.toMatchObject({
      code: 'BAD_ANSWER',
    });
    expect(asked).toEqual(['/checkpoint']);
  });

  test('a server that does not finish its answer in time is unreachable', async () => {
    const { address, asked } = await serving((_request, response) => void response.write('the beginning'));
    const log = new HttpLogReader(address, { ...quick, timeoutMs: 50 });
    await expect(log.readCheckpoint()).rejects.toMatchObject({ code: 'UNREACHABLE' });
    expect(asked).toHaveLength(1);
  });

  test('so is one that breaks the connection, and one that is not there', async () => {
    const { address, asked } = await serving((request) => request.socket.destroy());
    await expect(new HttpLogReader(address, quick).readCheckpoint()).rejects.toMatchObject({
      code: 'UNREACHABLE',
    });
    expect(asked).toHaveLength(3);
    await new Promise((closed) => servers.pop()?.close(closed));
    await expect(new HttpLogReader(address, quick).readCheckpoint()).rejects.toMatchObject({
      code: 'UNREACHABLE',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  test.each([
    ['tile/0/000.p/2', 2 * 32],
    ['tile/0/000', 8192],
    ['tile/entries/000.p/1', 2 + 65_535],
  ])('of %s at most %i bytes are read, packed or not', async (path, most) => {
    const server = await serving((request, response) => {
      if (request.url?.startsWith('/packed') === true) {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(most + 1)));
      } else response.end(Buffer.alloc(most + (request.url?.startsWith('/more') === true ? 1 : 0)));
    });
    expect(await new HttpLogReader(server.address, quick).readTile(path)).toHaveLength(most);
    for (const at of ['more', 'packed']) {
      await expect(new HttpLogReader(`${server.address}/${at}`, quick).readTile(path)).rejects.toMatchObject({
        code: 'BAD_ANSWER',
      });
    }
  });

  test('a path that is no tile is never asked for', async () => {
    const { address, asked } = await statuses();
    await expect(new HttpLogReader(address).readTile('tile/0/000/../../log.key')).rejects.toMatchObject({
      code: 'BAD_LINE',
    });
    expect(asked).toEqual([]);
  });

  test.each([
    'ftp://a.example',
    'a.example/log',
    'http://',
    'https://u:p@a.example',
    'https://a.example/?x=1',
  ])('%s is not the address of a log', (address) => {
    expect(() => new HttpLogReader(address)).toThrow(expect.objectContaining({ code: 'BAD_ADDRESS' }));
  });
});
