/** The pupils of a province take every core; those of a class are answered before a thread would have started. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { answersTo } from './evaluate-lines.js';
import { type Line } from './lines.js';

/** So many lines are answered without other threads. */
const LINES_ALONE = 10_000;
const MOST_THREADS = 8;
/** Blocks that a thread may have at a time: one that it works on, one that it finds when it is done. */
const BLOCKS_A_THREAD = 2;

/** Answers blocks of lines, several at a time once there are many. */
export class Evaluators {
  private readonly threads: EvaluatorThread[] = [];
  private lines = 0;

  /** How many blocks may be under way: who gives more at once gathers them in memory. */
  get width(): number {
    return Math.max(1, this.threads.length * BLOCKS_A_THREAD);
  }

  /** The answers to `lines`. A thread that dies rejects what it had. */
  answersTo(lines: readonly Line[]): Promise<string> {
    this.lines += lines.length;
    if (this.lines > LINES_ALONE && this.threads.length === 0) this.start();
    const [idlest] = this.threads.toSorted((a, b) => a.waiting - b.waiting);
    return idlest === undefined ? Promise.resolve(answersTo(lines)) : idlest.answersTo(lines);
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.close()));
  }

  private start(): void {
    const cores = Math.min(availableParallelism(), MOST_THREADS);
    // On a single core another thread would only be in the way.
    if (cores === 1) return;
    for (let i = 0; i < cores; i++) this.threads.push(new EvaluatorThread());
  }
}

interface Asked {
  readonly resolve: (answers: string) => void;
  readonly reject: (error: Error) => void;
}

class EvaluatorThread {
  private readonly worker = new Worker(new URL('./evaluate-thread.js', import.meta.url));
  /** In the order in which the thread answers. */
  private asked: Asked[] = [];
  private dead: Error | undefined;

  constructor() {
    this.worker.on('message', (answers: string) => this.asked.shift()?.resolve(answers));
    this.worker.on('error', (error: Error) => this.die(error));
    this.worker.on('exit', () => this.die(new Error('a thread ended')));
  }

  get waiting(): number {
    return this.asked.length;
  }

  answersTo(lines: readonly Line[]): Promise<string> {
    return new Promise((resolve, reject) => {
      if (this.dead !== undefined) return reject(this.dead);
      this.asked.push({ resolve, reject });
      this.worker.postMessage(lines);
    });
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }

  private die(error: Error): void {
    this.dead ??= error;
    for (const { reject } of this.asked.splice(0)) reject(this.dead);
  }
}
