/** One page of the form: the template's elements, filled with the strings and rows of the view, as a content stream. */
import type { FontMetrics } from './font.js';
import { Painter } from './paint.js';
import { paintHead } from './head.js';
import { paintTable, type TableContent } from './table.js';
import type { DocumentPlan } from './plan.js';
import type { PlannedPage } from './planned-page.js';
import { contained } from './picture.js';
import { lookUp, substituted, type ViewPart } from './printed.js';
import type { Run, Template, TextElement } from './template.js';
import { baseline, fit, indent, leading } from './typeset.js';

/** The content of a page of the file. */
export function pageContent(
  template: Template,
  { page, view }: PlannedPage,
  { metrics, images }: Pick<DocumentPlan, 'metrics' | 'images'>,
): string {
  const painter = new Painter(template.height, metrics, true);
  for (const element of page.elements) {
    switch (element.kind) {
      case 'text':
        paintText(painter, element, view, metrics);
        break;
      case 'rule':
        if (element.box.width > 0 && element.box.height > 0) {
          painter.outline(element.box, element.lineWidth, element.color);
        } else painter.rule(element.box, element.lineWidth, element.color);
        break;
      case 'table':
        paintTable(painter, element, contentOf(view, element.rows), metrics);
        break;
      case 'head':
        paintHead(painter, element, contentOf(view, element.labels), metrics);
        break;
      case 'qr':
        if (view.strings['verifier'] !== '') painter.marked('Figure', () => painter.image('Q', element.box));
        break;
      case 'image': {
        const picture = images.get(element.place);
        if (picture !== undefined)
          painter.marked('Figure', () => painter.image('L', contained(picture, element.box)));
        break;
      }
    }
  }
  return painter.stream();
}

function contentOf(view: ViewPart, table: string): TableContent {
  return { rows: view.tables[table] ?? [], counts: view.counts ?? {} };
}

function paintText(painter: Painter, element: TextElement, view: ViewPart, metrics: FontMetrics): void {
  if (element.when !== undefined && lookUp(view, element.when) === '') return;
  if (element.border) painter.outline(element.box, 60, 'black');
  const runs = element.runs.map((run) => substitute(run, view));
  const { box, padding } = element;
  const above = element.border ? Math.floor(padding / 2) : 0;
  const inner = {
    x: box.x + padding,
    y: box.y + above,
    width: box.width - 2 * padding,
    height: box.height - 2 * above,
  };
  const { size, lines } = fit(runs, metrics, inner, element);
  const slack = inner.height - lines.length * leading(size);
  const top = inner.y + { top: 0, middle: Math.floor(slack / 2), bottom: slack }[element.verticalAlign];
  if (lines.length === 0) return;
  painter.marked(element.tag ?? 'P', () => {
    lines.forEach((line, i) => {
      const left = inner.x + indent(line, size, inner.width, element.align);
      painter.line(line, size, left, top + i * leading(size) + baseline(size), element.color);
    });
  });
}

function substitute(run: Run, view: ViewPart): Run {
  return { face: run.face, text: substituted(run.text, view) };
}
