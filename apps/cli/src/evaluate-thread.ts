/** A thread of `socai evaluate`: blocks of lines in, their answers out. */
import { parentPort } from 'node:worker_threads';
import { answersTo } from './evaluate-lines.js';
import { type Line } from './lines.js';

parentPort?.on('message', (lines: readonly Line[]) => parentPort?.postMessage(answersTo(lines)));
