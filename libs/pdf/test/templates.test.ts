import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { loadTemplate, TEMPLATE_IDS } from '#pdf-fill/templates.js';
import type { Face, FontResource } from '#pdf-fill/template.js';
import { buildFontResource } from '#pdf/font-resource.js';
import { buildModules, contentHash } from '#pdf/template-modules.js';

/** The font with its files inflated: another zlib may deflate the same bytes otherwise. */
function inflated(font: FontResource): unknown {
  const faces = Object.entries(font.faces).map(([face, data]) => [
    face,
    { ...data, file: inflateSync(Buffer.from(data.file, 'base64')).toString('hex') },
  ]);
  return { ...font, faces: Object.fromEntries(faces) };
}

describe('released templates', () => {
  test('are what their sources build, and the font too', async () => {
    const { font } = await loadTemplate(TEMPLATE_IDS[0]!);
    expect(inflated(buildFontResource())).toEqual(inflated(font));
    for (const [name, text] of buildModules(font)) {
      const committed = readFileSync(new URL(`../fill/templates/${name}`, import.meta.url), 'utf8');
      expect(text === committed ? 'as built' : `${name} differs: build the templates again`).toBe('as built');
    }
  });

  test('carry the hash that a document pins, and pin the hash of their font', async () => {
    for (const id of TEMPLATE_IDS) {
      const { template, hash, font } = await loadTemplate(id);
      expect(template.id).toBe(id);
      expect(hash).toBe(contentHash(template));
      expect(template.font).toEqual({ id: font.id, hash: contentHash(font) });
    }
  });

  test('keep the words of a pictured seal clear of the first signature, and the seal over a part of the last', async () => {
    for (const id of TEMPLATE_IDS) {
      const { signatures } = (await loadTemplate(id)).template;
      const seal = signatures.find(({ style }) => style === 'seal');
      const [first, last] = signatures.filter(({ style }) => style === 'person');
      if (seal?.pictured === undefined || first === undefined || last === undefined) throw new Error(id);
      const end = seal.pictured.x + seal.pictured.width;
      expect([id, seal.pictured.x >= first.box.x + first.box.width]).toEqual([id, true]);
      expect([id, end > last.box.x && end < last.box.x + last.box.width / 2]).toEqual([id, true]);
    }
  });

  test('that were never released are refused by name', async () => {
    await expect(loadTemplate('hoc-ba-thpt-9')).rejects.toMatchObject({ code: 'UNKNOWN_TEMPLATE' });
    await expect(loadTemplate('__proto__')).rejects.toMatchObject({ code: 'UNKNOWN_TEMPLATE' });
  });

  test('have a font with every Vietnamese letter in normal form C, and no character twice', async () => {
    const { font } = await loadTemplate('hoc-ba-thcs-1');
    const characters = new Set(font.characters);
    expect(characters.size).toBe(font.characters.length);
    const vowels = ['a', 'ă', 'â', 'e', 'ê', 'i', 'o', 'ô', 'ơ', 'u', 'ư', 'y'];
    const tones = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'];
    const letters = vowels.flatMap((vowel) => tones.map((tone) => (vowel + tone).normalize('NFC')));
    for (const letter of [...letters, 'đ', ...'0123456789', ..."–—…“”‘’«»·×≥°ʼ'"]) {
      expect(characters).toContain(letter);
      expect(characters).toContain(letter.toUpperCase());
    }
    for (const face of ['regular', 'bold', 'italic'] satisfies Face[]) {
      expect(font.faces[face].widths).toHaveLength(font.characters.length);
    }
  });
});
