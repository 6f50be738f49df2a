/** The registry of released templates, each loaded when it is first needed. None is ever taken out. */
import { PdfFillError } from './error.js';
import type { FontResource, LoadedTemplate, Template } from './template.js';

interface TemplateModule {
  readonly template: Template;
  readonly hash: string;
}

const TEMPLATES: Readonly<Record<string, () => Promise<TemplateModule>>> = {
  'hoc-ba-thcs-1': () => import('./templates/hoc-ba-thcs-1.js'),
  'hoc-ba-trung-hoc-pho-thong-1': () => import('./templates/hoc-ba-trung-hoc-pho-thong-1.js'),
  'hoc-ba-th-1': () => import('./templates/hoc-ba-th-1.js'),
  'phieu-trung-hoc-hk-1': () => import('./templates/phieu-trung-hoc-hk-1.js'),
  'phieu-trung-hoc-cn-1': () => import('./templates/phieu-trung-hoc-cn-1.js'),
  'phieu-th-1': () => import('./templates/phieu-th-1.js'),
  'bang-tong-hop-1': () => import('./templates/bang-tong-hop-1.js'),
  'bang-tong-hop-cn-1': () => import('./templates/bang-tong-hop-cn-1.js'),
  'so-theo-doi-1': () => import('./templates/so-theo-doi-1.js'),
};

const FONTS: Readonly<Record<string, () => Promise<{ readonly font: FontResource }>>> = {
  'be-vietnam-pro-1': () => import('./templates/be-vietnam-pro-1.js'),
};

const loaded = new Map<string, Promise<LoadedTemplate>>();

/** Ids of all released templates. */
export const TEMPLATE_IDS: readonly string[] = Object.keys(TEMPLATES);

/** The template of that id with its font; unknown: PdfFillError UNKNOWN_TEMPLATE. One object an id, for ever. */
export function loadTemplate(id: string): Promise<LoadedTemplate> {
  let found = loaded.get(id);
  if (found === undefined) {
    found = load(id);
    loaded.set(id, found);
    // What failed (a page that lost its network) may be tried again.
    found.catch(() => loaded.delete(id));
  }
  return found;
}

async function load(id: string): Promise<LoadedTemplate> {
  const importTemplate = Object.hasOwn(TEMPLATES, id) ? TEMPLATES[id] : undefined;
  if (importTemplate === undefined) {
    throw new PdfFillError(
      'UNKNOWN_TEMPLATE',
      `this release knows no template "${id.slice(0, 40)}"; use a newer one`,
    );
  }
  const { template, hash } = await importTemplate();
  const importFont = FONTS[template.font.id];
  if (importFont === undefined)
    throw new PdfFillError('UNKNOWN_TEMPLATE', `this release has no font "${template.font.id}"`);
  const { font } = await importFont();
  return { template, hash, font };
}
