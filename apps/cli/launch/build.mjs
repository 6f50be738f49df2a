// `npm run build`: install what is missing and build what is stale, nothing more.
import { ready } from './ready.mjs';

await ready();
