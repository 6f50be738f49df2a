/** A thread that works on documents: one question in, one answer out, in the order asked. */
import { parentPort } from 'node:worker_threads';
import { PdfFillError } from '#pdf-fill/error.js';
import { TranscriptError } from '#transcript/canonical.js';
import type { Answered, Fault } from './document-threads.js';
import { DocumentWork, type Asked } from './document-work.js';

const work = new DocumentWork();

/** An error in a form that crosses between threads. */
function faultOf(error: unknown): Fault {
  if (error instanceof PdfFillError) return { kind: 'pdf', code: error.code, message: error.message };
  if (error instanceof TranscriptError) return { kind: 'transcript', violations: error.violations };
  return { kind: 'other', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

parentPort?.on('message', ({ number, asked }: { readonly number: number; readonly asked: Asked }) => {
  void work.answer(asked).then(
    (value) => parentPort?.postMessage({ number, value } satisfies Answered),
    (error: unknown) => parentPort?.postMessage({ number, fault: faultOf(error) } satisfies Answered),
  );
});
