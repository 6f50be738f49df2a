/** What a signature shows on the page: who, with what right, when; nothing in it is taken on trust by a verifier. */
import { fieldBox, fontResources } from './base.js';
import { Painter } from './paint.js';
import { contained } from './picture.js';
import type { DocumentPlan } from './plan.js';
import { reference } from './syntax.js';
import type { Color, Run, SignaturePlace } from './template.js';
import { baseline, fit, indent, leading, SIZE_STEP, wrap, type SetText } from './typeset.js';

interface AppearanceLine {
  readonly runs: readonly Run[];
  readonly size: number;
  readonly color: Color;
}

/** Resource name of the signer's picture. */
const PICTURE_NAME = 'S';
/** Said in every signature made with trial keys. */
const TRIAL_NOTICE = 'Chữ kí thử nghiệm, không có giá trị pháp lí';

/** Where in a field its text stands, and how many lines a text of it may take. */
interface TextArea {
  readonly x: number;
  readonly width: number;
  readonly height: number;
  readonly mostLines: number;
}

/** The content stream of signature `index`, in a box of its field's size. `shownTime` is printed as it is. */
export function appearanceStream(plan: DocumentPlan, index: number, shownTime: string): string {
  const place = plan.loaded.template.signatures[index] as SignaturePlace;
  const picture = plan.images.get(place.role);
  const { width, height } = fieldBox(plan, place);
  const painter = new Painter(height, plan.metrics);
  const seal = place.style === 'seal';
  const lines = seal ? sealLines(plan, index, shownTime) : personLines(plan, index, shownTime);
  if (picture !== undefined && seal) {
    // As decree 30/2020 has it: the seal itself, over a third of the signature, beside it who and when.
    const side = Math.min(width, height);
    painter.image(PICTURE_NAME, contained(picture, { x: width - side, y: 0, width: side, height: side }));
    paintLines(painter, lines, { x: 100, width: width - side - 300, height, mostLines: 4 }, plan);
    return painter.stream();
  }
  if (seal) {
    painter.outline({ x: 100, y: 100, width: width - 200, height: height - 200 }, 140, 'red');
    painter.outline({ x: 340, y: 340, width: width - 680, height: height - 680 }, 50, 'red');
    paintLines(painter, lines, { x: 800, width: width - 1600, height, mostLines: 2 }, plan);
    return painter.stream();
  }
  painter.outline({ x: 25, y: 25, width: width - 50, height: height - 50 }, 50, 'grey');
  const written = picture === undefined ? 0 : Math.floor((width * 38) / 100);
  if (picture !== undefined) {
    const box = { x: 300, y: 300, width: written - 300, height: height - 600 };
    painter.image(PICTURE_NAME, contained(picture, box));
  }
  paintLines(painter, lines, { x: written + 550, width: width - written - 1100, height, mostLines: 2 }, plan);
  return painter.stream();
}

/** The resources of that stream. */
export function appearanceResources(plan: DocumentPlan, index: number): string {
  const picture = plan.numbers.images.get(plan.loaded.template.signatures[index]?.role ?? '');
  const image = picture === undefined ? '' : ` /XObject << /${PICTURE_NAME} ${reference(picture)} >>`;
  return `${fontResources(plan)}${image}`;
}

function personLines(plan: DocumentPlan, index: number, shownTime: string): AppearanceLine[] {
  const entry = plan.transcript.route[index]!;
  return [
    ...(entry.onBehalf === undefined ? [] : [line('bold', entry.onBehalf, 850, 'black')]),
    line('bold', entry.title, 850, 'black'),
    {
      runs: [
        { face: 'regular', text: 'Đã kí: ' },
        { face: 'bold', text: entry.name },
      ],
      size: 850,
      color: 'black',
    },
    line('regular', shownTime, 750, 'black'),
    ...trialLine(plan),
  ];
}

function sealLines(plan: DocumentPlan, index: number, shownTime: string): AppearanceLine[] {
  const entry = plan.transcript.route[index]!;
  return [
    line('bold', 'ĐÃ ĐÓNG DẤU SỐ', 850, 'red'),
    line('bold', entry.name.toUpperCase(), 850, 'red'),
    line('regular', shownTime, 750, 'red'),
    ...trialLine(plan),
  ];
}

function trialLine(plan: DocumentPlan): AppearanceLine[] {
  return plan.transcript.demo === true ? [line('italic', TRIAL_NOTICE, 650, 'grey')] : [];
}

function line(face: Run['face'], text: string, size: number, color: Color): AppearanceLine {
  return { runs: [{ face, text }], size, color };
}

function paintLines(
  painter: Painter,
  lines: readonly AppearanceLine[],
  { x, width, height, mostLines }: TextArea,
  plan: DocumentPlan,
): void {
  const set = lines.map((each) => ({ ...fitLine(each, plan, width, mostLines), color: each.color }));
  const used = set.reduce((sum, each) => sum + each.lines.length * leading(each.size), 0);
  let top = Math.floor((height - used) / 2);
  for (const each of set) {
    for (const row of each.lines) {
      const left = x + indent(row, each.size, width, 'center');
      painter.line(row, each.size, left, top + baseline(each.size), each.color);
      top += leading(each.size);
    }
  }
}

/** On one line while it can be read there; a long name or notice then takes more, and everything moves up a little. */
function fitLine(
  { runs, size }: AppearanceLine,
  plan: DocumentPlan,
  width: number,
  mostLines: number,
): SetText {
  const smallest = 650;
  for (let oneLine = size; oneLine >= smallest; oneLine -= SIZE_STEP) {
    const lines = wrap(runs, plan.metrics, oneLine, width);
    if (lines?.length === 1) return { size: oneLine, lines };
  }
  return fit(
    runs,
    plan.metrics,
    { width, height: mostLines * leading(size) },
    { size: Math.min(size, 750), minSize: 400 },
  );
}
