/** The structure of a tagged PDF as objects: numbered ahead, so that signatures know what follows; written page by page. */
import type { DocumentPlan } from './plan.js';
import type { StructureNode } from './structure.js';
import { reference, textString, type ObjectWriter } from './syntax.js';

/** How many elements a list of nodes is. */
export function countNodes(nodes: readonly (StructureNode | number)[]): number {
  return nodes.reduce<number>(
    (sum, node) => (typeof node === 'number' ? sum : sum + 1 + countNodes(node.kids)),
    0,
  );
}

/** An annotation that stands in the structure. */
export interface TaggedAnnotation {
  readonly object: number;
  /** Page of the file. */
  readonly page: number;
  readonly tag: 'Form' | 'Link';
  readonly alt: string;
}

/**
 * Root, document, one section a page with its pieces in the order of reading, then its annotations; and the table that
 * leads from a piece to its element. Annotation i has the key `pages + i` in that table.
 */
export function writeStructure(
  writer: ObjectWriter,
  { numbers, pages, structure }: DocumentPlan,
  annotations: readonly TaggedAnnotation[],
): void {
  const { root, document, parents } = numbers.structure;
  const keys = pages.length + annotations.length;
  writer.object(
    root,
    `<< /Type /StructTreeRoot /K ${reference(document)} /ParentTree ${reference(parents)} /ParentTreeNextKey ${String(keys)} >>`,
  );
  writer.object(
    document,
    `<< /S /Document /P ${reference(root)} /Lang (vi-VN) /K [${numbers.sections.map(reference).join(' ')}] >>`,
  );
  const sections: string[] = [];
  const parentsOf = structure.map((nodes, page) => {
    const elements = new PageElements(numbers.pages[page]!, numbers.sections[page]! + 1);
    const own = numbers.sections[page]!;
    const kids = elements.write(nodes, own);
    annotations.forEach((each, i) => {
      if (each.page === page) kids.push(reference(numbers.annotations + i));
    });
    const title = textString(pages[page]!.title);
    sections.push(`<< /S /Sect /P ${reference(document)} /T ${title} /K [${kids.join(' ')}] >>`);
    return elements;
  });
  const leading = [
    ...parentsOf.map(({ parents: list }, page) => `${String(page)} [${list.map(reference).join(' ')}]`),
    ...annotations.map((_, i) => `${String(pages.length + i)} ${reference(numbers.annotations + i)}`),
  ];
  writer.object(parents, `<< /Nums [${leading.join(' ')}] >>`);
  annotations.forEach(({ object, page, tag, alt }, i) => {
    writer.object(
      numbers.annotations + i,
      `<< /S /${tag} /P ${reference(numbers.sections[page]!)} /Pg ${reference(numbers.pages[page]!)} /Alt ${textString(alt)} /K << /Type /OBJR /Obj ${reference(object)} >> >>`,
    );
  });
  parentsOf.forEach((elements, page) => {
    writer.object(numbers.sections[page]!, sections[page]!);
    elements.bodies.forEach((body, i) => {
      writer.object(numbers.sections[page]! + 1 + i, body);
    });
  });
}

/** The elements of one page: numbered in the order in which they begin. */
class PageElements {
  readonly bodies: string[] = [];
  /** Of each marked piece its element. */
  readonly parents: number[] = [];

  constructor(
    private readonly page: number,
    private readonly first: number,
  ) {}

  /** References to these nodes, whose elements are made on the way. */
  write(nodes: readonly StructureNode[], parent: number): string[] {
    return nodes.map((node) => reference(this.element(node, parent)));
  }

  private element({ tag, kids, alt, columns, rows }: StructureNode, parent: number): number {
    const number = this.first + this.bodies.length;
    const at = this.bodies.push('') - 1;
    const entries = kids.map((kid) => {
      if (typeof kid !== 'number') return reference(this.element(kid, number));
      this.parents[kid] = number;
      return String(kid);
    });
    const marked = kids.some((kid) => typeof kid === 'number');
    this.bodies[at] = [
      `<< /S /${tag} /P ${reference(parent)}`,
      marked ? ` /Pg ${reference(this.page)}` : '',
      alt === undefined ? '' : ` /Alt ${textString(alt)}`,
      attributesOf(tag, columns, rows),
      entries.length === 0
        ? ''
        : ` /K ${entries.length === 1 ? (entries[0] ?? '') : `[${entries.join(' ')}]`}`,
      ' >>',
    ].join('');
    return number;
  }
}

/** Spans of a cell; a heading of a column says that it is one. */
function attributesOf(
  tag: StructureNode['tag'],
  columns: number | undefined,
  rows: number | undefined,
): string {
  const said = [
    tag === 'TH' ? '/Scope /Column' : '',
    columns === undefined ? '' : `/ColSpan ${String(columns)}`,
    rows === undefined ? '' : `/RowSpan ${String(rows)}`,
  ].filter((part) => part !== '');
  return said.length === 0 ? '' : ` /A << /O /Table ${said.join(' ')} >>`;
}
