/** A process that serves folders as they are: `serve.ts FOLDER`. Prints its address; ends with its standard input. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const [folder = ''] = process.argv.slice(2);
const served = /^\/[a-z]+\/(checkpoint|tile\/[0-9a-z/.]+)$/;
const server = createServer((request, response) => {
  const path = request.url ?? '';
  const file =
    served.test(path) && !path.includes('..') ? readFile(join(folder, path)) : Promise.reject(new Error());
  file.then(
    (bytes) => response.end(bytes),
    () => response.writeHead(404).end(),
  );
});
server.listen(0, '127.0.0.1', () => {
  console.log(`listening http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
});
process.stdin.on('end', () => process.exit(0)).resume();
