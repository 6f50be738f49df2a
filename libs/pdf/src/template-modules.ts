/** The committed modules of the templates: what the build writes and the test compares. */
import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from '#ledger/format/bytes.js';
import { canonicalize, type Json } from '#ledger/format/jcs.js';
import { FontMetrics } from '#pdf-fill/font.js';
import type { FontResource, Template } from '#pdf-fill/template.js';
import { buildFontResource } from './font-resource.js';
import { summaryTemplates } from './forms/bang-tong-hop.js';
import { primaryTemplate } from './forms/hoc-ba-th.js';
import { secondaryTemplate } from './forms/hoc-ba-thcs.js';
import { slipTemplates } from './forms/phieu.js';
import { registerTemplate } from './forms/so-theo-doi.js';

/** SHA-256 (hex) over the canonical JSON of a template or font: what J, and a template, pin. */
export function contentHash(content: Template | FontResource): string {
  return toHex(sha256(canonicalize(content as unknown as Json)));
}

/** All templates of this release, pinned to the given font. */
function buildTemplates(font: FontResource): Template[] {
  const pin = { id: font.id, hash: contentHash(font) };
  const metrics = new FontMetrics(font);
  return [
    secondaryTemplate(metrics),
    secondaryTemplate(metrics, 'upper'),
    primaryTemplate(metrics),
    ...slipTemplates(),
    ...summaryTemplates(),
    registerTemplate(),
  ].map((template) => ({ ...template, font: pin }));
}

/** File name → source text of every generated module. */
export function buildModules(font: FontResource = buildFontResource()): Map<string, string> {
  const modules = new Map([[`${font.id}.ts`, moduleText('FontResource', 'font', font)]]);
  for (const template of buildTemplates(font)) {
    modules.set(`${template.id}.ts`, moduleText('Template', 'template', template));
  }
  return modules;
}

function moduleText(type: string, name: string, content: Template | FontResource): string {
  return [
    `/** Made by libs/pdf/src/build-templates.ts; released, and therefore never changed. */`,
    `import type { ${type} } from '../template.js';`,
    '',
    `export const hash = '${contentHash(content)}';`,
    '',
    `export const ${name}: ${type} = ${JSON.stringify(content, null, 1)};`,
    '',
  ].join('\n');
}
