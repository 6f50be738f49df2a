// `npm run -s socai -- …`: make the checkout ready, then run the command in this process.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ready, ROOT } from './ready.mjs';

await ready();
await import(pathToFileURL(join(ROOT, 'dist/apps/cli/src/main.js')).href);
