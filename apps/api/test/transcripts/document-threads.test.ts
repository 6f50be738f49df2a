/** Threads that work on documents: answers in whatever order, none lost when a thread dies, errors as they were thrown. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DocumentThreads } from '#api/transcripts/document-threads.js';

/** A thread that answers with the document's first byte; 13 kills it once a file is there no more, 99 always. */
const THREAD = (mark: string) => `
import { parentPort } from 'node:worker_threads';
import { rmSync, existsSync } from 'node:fs';
parentPort.on('message', ({ number, asked }) => {
  const [byte] = asked.document;
  if (byte === 13 && existsSync(${JSON.stringify(mark)})) { rmSync(${JSON.stringify(mark)}); process.exit(1); }
  if (byte === 99) throw new Error('this document kills');
  if (byte === 7) return parentPort.postMessage({ number, fault: { kind: 'pdf', code: 'TEXT_DOES_NOT_FIT', message: 'too long' } });
  parentPort.postMessage({ number, value: byte });
});
`;

let folder: string;
let file: URL;
let mark: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'threads-'));
  mark = join(folder, 'mark');
  await writeFile(join(folder, 'thread.mjs'), THREAD(mark));
  file = pathToFileURL(join(folder, 'thread.mjs'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const check = (byte: number) => ({ ask: 'check', document: Uint8Array.of(byte) }) as const;

describe('threads that work on documents', () => {
  test('answer each question once, though one of them dies in the middle', async () => {
    await writeFile(mark, '');
    const threads = new DocumentThreads(2, file);
    const bytes = Array.from({ length: 60 }, (_, i) => (i === 20 ? 13 : 100 + i));
    const answers = await Promise.all(bytes.map((byte, i) => threads.ask(check(byte), i)));
    expect(answers).toEqual(bytes);
    await threads.close();
  });

  test('give up a document over which they die again and again, and answer the others', async () => {
    const threads = new DocumentThreads(1, file);
    const asked = [1, 99, 3].map((byte) => threads.ask(check(byte), 0));
    const [first, deadly, last] = await Promise.allSettled(asked);
    expect([first?.status, last?.status]).toEqual(['fulfilled', 'fulfilled']);
    expect(deadly?.status === 'rejected' && String(deadly.reason)).toMatch(/this document kills/);
    await threads.close();
  });

  test('throw what the work threw, by its code', async () => {
    const threads = new DocumentThreads(1, file);
    await expect(threads.ask(check(7), 0)).rejects.toMatchObject({
      name: 'PdfFillError',
      code: 'TEXT_DOES_NOT_FIT',
    });
    await threads.close();
    await expect(threads.ask(check(1), 0)).rejects.toThrow('the server is stopping');
  });
});
