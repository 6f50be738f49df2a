/** The pages of a file: those of the template, each as often as the data asks for, with what each prints. */
import { substituted, type View, type ViewPart } from './printed.js';
import type { Page, Template } from './template.js';

export interface PlannedPage {
  readonly page: Page;
  /** Number of the page in the template. */
  readonly index: number;
  /** For the outline. */
  readonly title: string;
  readonly view: ViewPart;
}

/** All pages in order. Their views have the strings `page`, `pages`, `last` and `before` (not empty on the last page, and on those before it). */
export function planPages(template: Template, view: View): PlannedPage[] {
  const made = template.pages.flatMap((page, index) =>
    partsOf(page, view)
      .flatMap((part) => slicesOf(page, part))
      .map((part) => ({ page, index, part })),
  );
  const pages = String(made.length);
  return made.map(({ page, index, part }, i) => {
    const last = i + 1 === made.length;
    const place = { page: String(i + 1), pages, last: last ? 'last' : '', before: last ? '' : 'before' };
    const own = { ...part, strings: { ...part.strings, ...place } };
    return { page, index, title: substituted(page.title, own), view: own };
  });
}

/** Where the template's page `index` stands in the file; of one that is made several times the last. */
export function lastOf(planned: readonly PlannedPage[], index: number): number {
  return planned.findLastIndex((each) => each.index === index);
}

function partsOf({ each }: Page, view: View): ViewPart[] {
  if (each === undefined) return [view];
  return (view.parts?.[each] ?? []).map(({ strings, tables, counts }) => ({
    strings: { ...view.strings, ...strings },
    tables: { ...view.tables, ...tables },
    counts: { ...view.counts, ...counts },
  }));
}

function slicesOf({ split }: Page, part: ViewPart): ViewPart[] {
  if (split === undefined) return [part];
  const { rows: name, perPage } = split;
  const rows = part.tables[name] ?? [];
  const count = Math.max(1, Math.ceil(rows.length / perPage));
  return Array.from({ length: count }, (_, i) => ({
    ...part,
    tables: { ...part.tables, [name]: rows.slice(i * perPage, (i + 1) * perPage) },
  }));
}
