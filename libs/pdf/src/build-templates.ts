/** Writes the generated modules into libs/pdf/fill/templates. Run from the root of the checkout after a build. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildModules } from './template-modules.js';

const folder = join('libs', 'pdf', 'fill', 'templates');
mkdirSync(folder, { recursive: true });
for (const [name, text] of buildModules()) {
  writeFileSync(join(folder, name), text);
  process.stdout.write(`${join(folder, name)}: ${String(text.length)} characters\n`);
}
