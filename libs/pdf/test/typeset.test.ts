import { describe, expect, test } from '@jest/globals';
import { FontMetrics } from '#pdf-fill/font.js';
import { number } from '#pdf-fill/paint.js';
import { loadTemplate } from '#pdf-fill/templates.js';
import { fit, leading, wrap, type Line } from '#pdf-fill/typeset.js';

const { font } = await loadTemplate('hoc-ba-thcs-1');
const metrics = new FontMetrics(font);
const runs = (text: string) => [{ face: 'regular', text }] as const;
const textOf = (line: Line): string => line.pieces.map((piece) => piece.text).join('');

describe('setting text', () => {
  test('breaks at spaces only and no line is wider than its box', () => {
    const text = 'Ý thức kỉ luật tốt, hòa đồng, làm lớp phó học tập có trách nhiệm.';
    const lines = wrap(runs(text), metrics, 1000, 10_000)!;
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.map(textOf).join('')).toBe(text);
    for (const line of lines) expect((line.width * 1000) / 1000).toBeLessThanOrEqual(10_000);
  });

  test('keeps a label and its value on one line, each in its face', () => {
    const [line] = wrap(
      [
        { face: 'regular', text: 'Lớp: ' },
        { face: 'bold', text: '6A1' },
      ],
      metrics,
      1000,
      20_000,
    )!;
    expect(line?.pieces.map((piece) => [piece.face, piece.text])).toEqual([
      ['regular', 'Lớp: '],
      ['bold', '6A1'],
    ]);
    expect(line?.pieces[1]?.offset).toBe(metrics.width('regular', 'Lớp: '));
  });

  test('does not break between a word and the punctuation of another face', () => {
    const lines = wrap(
      [
        { face: 'bold', text: 'một hai' },
        { face: 'regular', text: ', ba' },
      ],
      metrics,
      1000,
      3200,
    )!;
    expect(lines.map((line) => line.pieces.map((piece) => piece.text).join(''))).toEqual([
      'một ',
      'hai, ',
      'ba',
    ]);
  });

  test('takes the largest size that fits, in quarter points', () => {
    const box = { width: 12_000, height: leading(1000) };
    const set = fit(runs('Nguyễn Hoàng Phương Uyên Thảo Nguyên'), metrics, box, { size: 1200, minSize: 400 });
    expect(set.lines).toHaveLength(1);
    expect(set.size % 25).toBe(0);
    expect(
      wrap(runs('Nguyễn Hoàng Phương Uyên Thảo Nguyên'), metrics, set.size + 25, box.width),
    ).toHaveLength(2);
  });

  test('gives no line to no text', () => {
    expect(wrap(runs(''), metrics, 1000, 1000)).toEqual([]);
  });

  test('writes lengths without trailing zeros and without floating point', () => {
    expect([0, 5, 50, 100, 1050, -25, 59_528].map(number)).toEqual([
      '0',
      '0.05',
      '0.5',
      '1',
      '10.5',
      '-0.25',
      '595.28',
    ]);
  });
});
