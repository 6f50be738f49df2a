/** What a signature shows on the page: who, with what right, when; nothing in it is taken on trust by a verifier. */
import type { DocumentPlan } from './plan.js';
import { Painter } from './paint.js';
import type { Align, Color, Run, SignaturePlace } from './template.js';
import { baseline, fit, indent, leading, SIZE_STEP, wrap, type SetText } from './typeset.js';

interface AppearanceLine {
  readonly runs: readonly Run[];
  readonly size: number;
  readonly color: Color;
}

/** Said in every signature made with trial keys. */
const TRIAL_NOTICE = 'Chữ kí thử nghiệm, không có giá trị pháp lí';

/** The content stream of signature `index`, in a box of its field's size. `shownTime` is printed as it is. */
export function appearanceStream(plan: DocumentPlan, index: number, shownTime: string): string {
  const place = plan.loaded.template.signatures[index] as SignaturePlace;
  const { width, height } = place.box;
  const painter = new Painter(height, plan.metrics);
  const lines =
    place.style === 'seal' ? sealLines(plan, index, shownTime) : personLines(plan, index, shownTime);
  if (place.style === 'seal') {
    painter.outline({ x: 100, y: 100, width: width - 200, height: height - 200 }, 140, 'red');
    painter.outline({ x: 340, y: 340, width: width - 680, height: height - 680 }, 50, 'red');
  } else {
    painter.outline({ x: 25, y: 25, width: width - 50, height: height - 50 }, 50, 'grey');
  }
  paintLines(painter, lines, place, plan);
  return painter.stream();
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
  place: SignaturePlace,
  plan: DocumentPlan,
): void {
  const padding = place.style === 'seal' ? 800 : 550;
  const width = place.box.width - 2 * padding;
  const align: Align = 'center';
  const set = lines.map((each) => ({ ...fitLine(each, plan, width), color: each.color }));
  const used = set.reduce((sum, each) => sum + each.lines.length * leading(each.size), 0);
  let top = Math.floor((place.box.height - used) / 2);
  for (const each of set) {
    for (const row of each.lines) {
      painter.line(
        row,
        each.size,
        padding + indent(row, each.size, width, align),
        top + baseline(each.size),
        each.color,
      );
      top += leading(each.size);
    }
  }
}

/** On one line while it can be read there; a long name or notice then takes two, and everything moves up a little. */
function fitLine({ runs, size }: AppearanceLine, plan: DocumentPlan, width: number): SetText {
  const smallest = 650;
  for (let oneLine = size; oneLine >= smallest; oneLine -= SIZE_STEP) {
    const lines = wrap(runs, plan.metrics, oneLine, width);
    if (lines?.length === 1) return { size: oneLine, lines };
  }
  return fit(
    runs,
    plan.metrics,
    { width, height: 2 * leading(size) },
    { size: Math.min(size, 750), minSize: 400 },
  );
}
