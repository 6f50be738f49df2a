/** What text a signed document may hold: one spelling only, and nothing that hides. */

/**
 * Control, format (zero-width, bidirectional), private-use and unassigned characters, and every space but U+0020:
 * what a reader cannot see must not be signed.
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;

/** Why `text` cannot stand in a document, in words; undefined when it can. `""` can. */
export function textFault(text: string): string | undefined {
  if (HIDDEN.test(text))
    return 'holds a character that cannot be seen (control, zero-width, direction or space)';
  if (text !== text.normalize('NFC')) return 'is not in Unicode normal form C';
  if (text !== text.trim() || text.includes('  ')) return 'has a space too many';
  return undefined;
}

/**
 * The form in which typed or imported text goes into a document: NFC, runs of white space and line ends as one space,
 * none at the ends. Zero-width and control characters are left in place, so that the document's check refuses them.
 */
export function normalizeText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\s\p{Zs}]+/gu, ' ')
    .trim();
}
