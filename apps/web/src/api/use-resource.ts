/** A resource of the API on a screen: loading, failed with a way to try again, or there. */
import { useCallback, useEffect, useState } from 'react';
import { ApiProblem, getJson } from './client.js';
import { useSession } from './session.js';

export type Resource<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly problem: ApiProblem; readonly retry: () => void }
  | { readonly state: 'ready'; readonly value: T };

type Answer<T> =
  | { readonly path: string; readonly value: T }
  | { readonly path: string; readonly problem: ApiProblem }
  | null;

/** Reads `path`, and again when it changes or a retry is asked for. An answer to a former path is never shown. */
export function useResource<T>(path: string): Resource<T> {
  const { expired } = useSession();
  const [answer, setAnswer] = useState<Answer<T>>(null);
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => {
    setAnswer(null);
    setAttempt((count) => count + 1);
  }, []);

  useEffect(() => {
    const aborter = new AbortController();
    getJson<T>(path, aborter.signal).then(
      (value) => {
        if (!aborter.signal.aborted) setAnswer({ path, value });
      },
      (error: unknown) => {
        if (aborter.signal.aborted) return;
        const problem = asProblem(error);
        if (problem.code === 'NOT_SIGNED_IN') expired();
        else setAnswer({ path, problem });
      },
    );
    return () => aborter.abort();
  }, [path, attempt, expired]);

  if (answer?.path !== path) return { state: 'loading' };
  return 'problem' in answer
    ? { state: 'failed', problem: answer.problem, retry }
    : { state: 'ready', value: answer.value };
}

/** What was thrown, as something to show: an answer that is not JSON counts as BAD_ANSWER. */
export function asProblem(error: unknown): ApiProblem {
  return error instanceof ApiProblem ? error : new ApiProblem('BAD_ANSWER', '', '', String(error));
}
