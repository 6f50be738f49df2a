import { PassThrough, Readable, Writable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { evaluateCommand } from '#cli/evaluate.js';

const PUPIL = JSON.stringify({
  id: 'p',
  ruleSet: 'tt22-2021',
  grade: 8,
  subjects: [],
  conduct: { HK1: 'TOT', HK2: 'TOT' },
  absences: 0,
});

function collector() {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}

async function run(input: Iterable<string | Buffer> | Readable, args: string[] = []) {
  const [out, err] = [collector(), collector()];
  const stdin = input instanceof Readable ? input : Readable.from(input, { objectMode: false });
  const status = await evaluateCommand(args, {
    stdin,
    stdout: out.stream,
    stderr: err.stream,
    env: {},
    now: () => new Date(0),
  });
  const lines = out.text().split('\n');
  expect(lines.pop()).toBe('');
  return {
    status,
    err: err.text(),
    answers: lines.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

const codes = (answers: Record<string, unknown>[]) =>
  answers.map((answer) => (answer.error as { code: string } | undefined)?.code ?? answer.id);

describe('socai evaluate', () => {
  test('one answer a line, in order; lines with errors do not stop it and leave the status 0', async () => {
    const input = `${PUPIL}\n{bad\n${PUPIL.replace('"p"', '"q"')}\n\n${PUPIL.replace('8', '99')}\n`;
    const { status, answers, err } = await run([input]);
    expect(codes(answers)).toEqual(['p', 'BAD_JSON', 'q', 'BAD_JSON', 'INVALID_FIELD']);
    expect([status, err]).toEqual([0, '']);
  });

  test('the last line needs no newline, and no input gives no answer', async () => {
    expect(codes((await run([PUPIL])).answers)).toEqual(['p']);
    expect((await run([])).answers).toEqual([]);
  });

  test('a line may come in pieces, cut inside a character', async () => {
    const bytes = Buffer.from(`${PUPIL.replace('"p"', '"Nguyễn Thị Ánh"')}\r\n`);
    const pieces = Array.from(bytes, (byte) => Buffer.from([byte]));
    expect(codes((await run(pieces)).answers)).toEqual(['Nguyễn Thị Ánh']);
  });

  test('a byte order mark at the start is dropped', async () => {
    expect(codes((await run([`\uFEFF${PUPIL}\n${PUPIL}\n`])).answers)).toEqual(['p', 'p']);
  });

  test('bytes that are not UTF-8 are an error of that line only', async () => {
    const { answers } = await run([Buffer.from([0x22, 0xff, 0x22, 0x0a]), `${PUPIL}\n`]);
    expect(codes(answers)).toEqual(['BAD_JSON', 'p']);
  });

  test('a line without end is skipped and answered, not gathered in memory', async () => {
    const filler = 'x'.repeat(1 << 16);
    const { answers } = await run([...Array<string>(40).fill(filler), `\n${PUPIL}\n`]);
    expect(codes(answers)).toEqual(['BAD_JSON', 'p']);
  });

  test('it waits for a slow reader instead of gathering the answers', async () => {
    let read = 0;
    const stdin = Readable.from(
      (function* () {
        for (let index = 0; index < 2000; index += 1) {
          read += 1;
          yield `${PUPIL}\n`;
        }
      })(),
      { objectMode: false, highWaterMark: 1024 },
    );
    const stdout = new PassThrough({ highWaterMark: 1024 });
    const done = evaluateCommand([], {
      stdin,
      stdout,
      stderr: collector().stream,
      env: {},
      now: () => new Date(0),
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(read).toBeLessThan(100);
    let answers = 0;
    stdout.on('data', (chunk: Buffer) => {
      answers += chunk.toString().split('\n').length - 1;
    });
    expect(await done).toBe(0);
    await new Promise((resolve) => setImmediate(resolve));
    expect(answers).toBe(2000);
  });

  test('a reader that goes away ends it quietly', async () => {
    const stdout = new Writable({
      highWaterMark: 1,
      write(_chunk, _encoding, done) {
        done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
      },
    });
    const stdin = Readable.from(Array<string>(50).fill(`${PUPIL}\n`), { objectMode: false });
    const err = collector();
    const status = await evaluateCommand([], {
      stdin,
      stdout,
      stderr: err.stream,
      env: {},
      now: () => new Date(0),
    });
    expect([status, err.text()]).toEqual([0, '']);
  });

  test('arguments are wrong usage, an unreadable input is status 2', async () => {
    expect(await run([PUPIL], ['--fast'])).toMatchObject({ status: 2, answers: [] });
    const broken = new Readable({
      read() {
        this.destroy(new Error('EISDIR: illegal operation on a directory, read'));
      },
    });
    const { status, err } = await run(broken);
    expect(status).toBe(2);
    expect(err).toContain('EISDIR');
  });
});
