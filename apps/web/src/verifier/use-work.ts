/** What the page is at: nothing, one answer, or a pile of files whose answers come one by one. */
import { useCallback, useRef, useState } from 'react';
import type { Outcome } from './check.js';
import { loadChecker } from './load-checker.js';

export type Work =
  | { readonly state: 'idle' }
  | { readonly state: 'checking'; readonly subject: string }
  | { readonly state: 'done'; readonly outcome: Outcome }
  | { readonly state: 'pile'; readonly files: number; readonly outcomes: readonly Outcome[] };

export interface Checking {
  readonly work: Work;
  /** One file, or many: what is dropped next takes their place. */
  readonly takeFiles: (files: readonly File[]) => void;
  /** A code, or a presentation as text. */
  readonly takeText: (text: string) => void;
}

/** Answers of a pile are shown this often: drawing a thousand rows for each one would take longer than the checking. */
const SHOW_EVERY_MS = 250;

export function useWork(): Checking {
  const [work, setWork] = useState<Work>({ state: 'idle' });
  const newest = useRef(0);

  /** Shows what comes of it, until something newer is asked for. */
  const begin = useCallback((now: Work, check: (show: Show) => Promise<void>) => {
    newest.current += 1;
    const turn = newest.current;
    const show = (next: Work): boolean => {
      const current = turn === newest.current;
      if (current) setWork(next);
      return current;
    };
    show(now);
    void check(show);
  }, []);

  const takeFiles = useCallback(
    (files: readonly File[]) => {
      const [only, second] = files;
      if (only === undefined) return;
      if (second === undefined)
        begin({ state: 'checking', subject: only.name }, (show) => checkOne(only, show));
      else begin({ state: 'pile', files: files.length, outcomes: [] }, (show) => checkPile(files, show));
    },
    [begin],
  );
  const takeText = useCallback(
    (text: string) => {
      const subject = text.trim().slice(0, 80);
      begin({ state: 'checking', subject }, async (show) => {
        const check = async () => (await loadChecker()).checkText(text);
        show({ state: 'done', outcome: await orFailed(subject, check) });
      });
    },
    [begin],
  );
  return { work, takeFiles, takeText };
}

/** Shows it; false when something newer is shown instead. */
type Show = (work: Work) => boolean;

async function checkOne(file: File, show: Show): Promise<void> {
  const check = async () => (await loadChecker()).checkFile(file);
  show({ state: 'done', outcome: await orFailed(file.name, check) });
}

/** One file after the other, so that a hundred of them take no more memory than one. */
async function checkPile(files: readonly File[], show: Show): Promise<void> {
  const outcomes: Outcome[] = [];
  const means = loadChecker().then(({ openMeans }) => openMeans());
  means.catch(() => undefined);
  let shownAt = 0;
  for (const file of files) {
    const check = async () => (await loadChecker()).checkFile(file, await means);
    outcomes.push(await orFailed(file.name, check));
    if (performance.now() - shownAt < SHOW_EVERY_MS) continue;
    if (!show({ state: 'pile', files: files.length, outcomes: [...outcomes] })) return;
    shownAt = performance.now();
  }
  show({ state: 'pile', files: files.length, outcomes });
}

/** What cannot be loaded or breaks is no verdict on the file. */
async function orFailed(subject: string, check: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await check();
  } catch {
    return { kind: 'failed', subject };
  }
}
