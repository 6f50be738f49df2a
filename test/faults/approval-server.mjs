// The application as a process that can be killed: takes its configuration and passphrase as JSON from standard input,
// serves, and prints its address.
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { createServer } from '#api/server.js';

const { config, passphrase } = JSON.parse(await text(process.stdin));
const app = await createServer({ config, log: pino({ level: 'silent' }), passphrase }, false);
await app.listen(0, '127.0.0.1');
process.stdout.write(`${(await app.getUrl()).replace('[::1]', '127.0.0.1')}\n`);
