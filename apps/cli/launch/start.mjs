// `npm start`: make the checkout ready, then run the API process in this one.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ready, ROOT } from './ready.mjs';

await ready();
process.chdir(ROOT);
await import(pathToFileURL(join(ROOT, 'dist/apps/api/src/main.js')).href);
