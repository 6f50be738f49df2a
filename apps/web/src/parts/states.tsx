/** What a screen shows when it has nothing to show: it is coming, it is empty, it failed. */
import type { ReactNode } from 'react';
import type { ApiProblem } from '../api/client.js';
import { useLanguage, useWords, type Dictionary } from '../i18n/language.js';
import { Icon } from './icon.js';

interface StateWords {
  readonly loading: string;
  readonly retry: string;
  readonly network: readonly [title: string, detail: string];
  readonly badAnswer: readonly [title: string, detail: string];
}

const WORDS: Dictionary<StateWords> = {
  vi: {
    loading: 'Đang tải…',
    retry: 'Thử lại',
    network: [
      'Không kết nối được máy chủ',
      'Trang chưa lấy được dữ liệu. Hãy kiểm tra mạng của máy này rồi thử lại; nếu máy khác cũng vậy thì báo nhân viên CNTT.',
    ],
    badAnswer: [
      'Máy chủ trả lời không đúng dạng',
      'Hãy thử lại sau ít phút; nếu vẫn vậy thì báo nhân viên CNTT kèm dòng chữ này:',
    ],
  },
  en: {
    loading: 'Loading…',
    retry: 'Try again',
    network: [
      'The server cannot be reached',
      'Nothing could be read. Check the connection of this computer and try again; if others fail too, tell the IT officer.',
    ],
    badAnswer: [
      'The server answered something unreadable',
      'Try again in a few minutes; if it stays, tell the IT officer this:',
    ],
  },
};

/** Grey lines where the content will be; they appear only when the wait is long enough to be noticed. */
export function Loading({ lines = 6 }: { readonly lines?: number }) {
  const words = useWords(WORDS);
  return (
    <div className="loading" role="status">
      <span className="visually-hidden">{words.loading}</span>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className="loading-line" aria-hidden="true" />
      ))}
    </div>
  );
}

interface EmptyProps {
  readonly title: string;
  readonly children?: ReactNode;
}

export function Empty({ title, children }: EmptyProps) {
  return (
    <div className="notice notice-empty">
      <p className="notice-title">{title}</p>
      {children}
    </div>
  );
}

/** Answers that trying again does not change: nothing went wrong. */
const SETTLED: ReadonlySet<string> = new Set(['FORBIDDEN', 'NOT_FOUND']);

interface FailureProps {
  readonly problem: ApiProblem;
  readonly retry?: () => void;
}

export function Failure({ problem, retry }: FailureProps) {
  const words = useWords(WORDS);
  const { title, detail } = useProblemWords(problem);
  const settled = SETTLED.has(problem.code);
  return (
    <div className={settled ? 'notice' : 'notice notice-failed'} role="alert">
      <p className="notice-title">
        <Icon name={settled ? 'lock' : 'warning'} /> {title}
      </p>
      <p>{detail}</p>
      {problem.items.length > 0 && (
        <ul>
          {problem.items.map((item, index) => (
            <li key={index}>{item.message}</li>
          ))}
        </ul>
      )}
      {retry !== undefined && !settled && (
        <button type="button" className="button" onClick={retry}>
          {words.retry}
        </button>
      )}
    </div>
  );
}

/** A problem in words: the server's own, which are Vietnamese, or ours where the server said nothing. */
function useProblemWords(problem: ApiProblem): { readonly title: string; readonly detail: string } {
  const words = useWords(WORDS);
  const { language } = useLanguage();
  if (problem.code === 'NETWORK') return { title: words.network[0], detail: words.network[1] };
  if (problem.code === 'BAD_ANSWER') {
    return { title: words.badAnswer[0], detail: `${words.badAnswer[1]} ${problem.detail}` };
  }
  return { title: language === 'en' ? problem.titleEn : problem.title, detail: problem.detail };
}
