/** The checkout's folder, from dist/apps/cli/src/demo. */
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url));
