/** One page of the form: the template's elements, filled with the strings and rows of the view, as a content stream. */
import { PdfFillError } from './error.js';
import type { FontMetrics } from './font.js';
import { Painter } from './paint.js';
import { paintTable } from './table.js';
import type { Page, Run, Template, TextElement } from './template.js';
import { baseline, fit, indent, leading } from './typeset.js';
import type { View } from './printed.js';

/** The content stream of page `index` (0-based) of the template. */
export function pageStream(template: Template, index: number, view: View, metrics: FontMetrics): string {
  const page = template.pages[index] as Page;
  const painter = new Painter(template.height, metrics);
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
        paintTable(painter, element, view.tables[element.rows] ?? [], metrics);
        break;
      case 'qr':
        if (view.strings['verifier'] !== '') painter.image('Q', element.box);
        break;
    }
  }
  return painter.stream();
}

function paintText(painter: Painter, element: TextElement, view: View, metrics: FontMetrics): void {
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
  lines.forEach((line, i) => {
    const left = inner.x + indent(line, size, inner.width, element.align);
    painter.line(line, size, left, top + i * leading(size) + baseline(size), element.color);
  });
}

function substitute(run: Run, view: View): Run {
  return {
    face: run.face,
    text: run.text.replace(/\{([A-Za-z0-9.]+)\}/g, (_, key: string) => lookUp(view, key)),
  };
}

function lookUp(view: View, key: string): string {
  const value = Object.hasOwn(view.strings, key) ? view.strings[key] : undefined;
  if (value === undefined) {
    throw new PdfFillError(
      'TEMPLATE_MISMATCH',
      `the template asks for "${key}", which this kind of document does not have`,
    );
  }
  return value;
}
