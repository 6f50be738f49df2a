/**
 * Threads for what documents need of the processor. A document goes to the same thread each time, which keeps what
 * follows from its pages. A thread that dies takes nothing with it: what it had is asked again of the one in its place,
 * for the answers depend on the question alone.
 */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { PdfFillError, type FillCode } from '#pdf-fill/error.js';
import { TranscriptError } from '#transcript/canonical.js';
import type { Violation } from '#transcript/shape.js';
import type { Asked } from './document-work.js';

export type Fault =
  | { readonly kind: 'pdf'; readonly code: FillCode; readonly message: string }
  | { readonly kind: 'transcript'; readonly violations: readonly Violation[] }
  | { readonly kind: 'other'; readonly message: string };

export type Answered =
  { readonly number: number; readonly value: unknown } | { readonly number: number; readonly fault: Fault };

interface Waiting {
  readonly asked: Asked;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  /** How often a thread died over it. */
  deaths: number;
}

/** A question over which so many threads died is answered with the error: it is the question. */
const MOST_DEATHS = 3;
const MOST_THREADS = 8;
const THREAD = new URL('./document-thread.js', import.meta.url);

/** How many threads there are to be here: none from sources, which Node cannot load, nor beside a single core. */
export function threadsHere(): number {
  if (!fileURLToPath(import.meta.url).endsWith('.js')) return 0;
  const cores = Math.min(availableParallelism(), MOST_THREADS);
  return cores === 1 ? 0 : cores;
}

export class DocumentThreads {
  private readonly threads: DocumentThread[];

  /** Threads start when they are first asked. @param file the thread's module */
  constructor(count: number, file: URL = THREAD) {
    this.threads = Array.from({ length: count }, () => new DocumentThread(file));
  }

  /** @param key the same for the same document @throws PdfFillError, TranscriptError, as the work throws them */
  ask(asked: Asked, key: number): Promise<unknown> {
    const thread = this.threads[key % this.threads.length];
    if (thread === undefined) throw new Error('there are no threads');
    return thread.ask(asked);
  }

  /** Tells every thread that runs. */
  async tell(asked: Asked): Promise<void> {
    await Promise.all(this.threads.filter(({ runs }) => runs).map((thread) => thread.ask(asked)));
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.close()));
  }
}

class DocumentThread {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private next = 0;
  private closed = false;

  constructor(private readonly file: URL) {}

  get runs(): boolean {
    return this.worker !== undefined;
  }

  ask(asked: Asked): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.closed) return reject(new Error('the server is stopping'));
      const number = this.next++;
      this.waiting.set(number, { asked, resolve, reject, deaths: 0 });
      this.send(number, asked);
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.worker?.terminate();
    for (const { reject } of this.waiting.values()) reject(new Error('the server is stopping'));
    this.waiting.clear();
  }

  private started(): Worker {
    if (this.worker !== undefined) return this.worker;
    const worker = new Worker(this.file);
    this.worker = worker;
    let reason: unknown = 'it ended';
    worker.on('message', (answered: Answered) => this.take(answered));
    worker.on('error', (error) => (reason = error));
    worker.on('exit', () => this.replace(worker, reason));
    return worker;
  }

  /** A thread that owes an answer keeps the process alive (an audit waits for nothing else); an idle one does not. */
  private send(number: number, asked: Asked): void {
    const worker = this.started();
    worker.ref();
    worker.postMessage({ number, asked });
  }

  private take(answered: Answered): void {
    const waiting = this.waiting.get(answered.number);
    this.waiting.delete(answered.number);
    if (this.waiting.size === 0) this.worker?.unref();
    if ('fault' in answered) waiting?.reject(errorOf(answered.fault));
    else waiting?.resolve(answered.value);
  }

  /** Asks another thread what this one has not answered. The first it had is what it died over, most likely. */
  private replace(worker: Worker, reason: unknown): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    if (this.closed) return;
    const [first] = this.waiting;
    if (first !== undefined) {
      const [number, waiting] = first;
      waiting.deaths += 1;
      if (waiting.deaths >= MOST_DEATHS) {
        this.waiting.delete(number);
        const why = reason instanceof Error ? reason.message : String(reason);
        waiting.reject(new Error(`a thread died over a document ${String(MOST_DEATHS)} times: ${why}`));
      }
    }
    for (const [number, { asked }] of this.waiting) this.send(number, asked);
  }
}

function errorOf(fault: Fault): Error {
  switch (fault.kind) {
    case 'pdf':
      return new PdfFillError(fault.code, fault.message);
    case 'transcript':
      return new TranscriptError(fault.violations);
    case 'other':
      return new Error(fault.message);
  }
}
