/** Says on every screen when the school's ledger is not what it should be; nothing while it is. */
import { useEffect, useState } from 'react';
import type { HealthAnswer, LedgerHealth } from '#contracts/health.js';
import { getJson } from '../api/client.js';
import { useSession } from '../api/session.js';
import { useWords, type Dictionary } from '../i18n/language.js';
import { Icon } from '../parts/icon.js';

type Trouble = 'failOpen' | 'waiting' | 'readOnly';

const WORDS: Dictionary<Readonly<Record<Trouble, string>>> = {
  vi: {
    failOpen:
      'Sổ Cái đang công bố khi chưa đủ người làm chứng: bằng chứng của học bạ yếu đi. Người vận hành đã chọn như vậy (SOCAI_FAIL_OPEN).',
    waiting:
      'Sổ Cái đang chờ người làm chứng trả lời. Không có gì bị mất, nhưng học bạ chỉ được phát hành khi họ đã xác nhận.',
    readOnly:
      'Sổ Cái của trường đang chỉ đọc: không khóa sổ và phát hành học bạ được. Hãy báo nhân viên CNTT ngay.',
  },
  en: {
    failOpen:
      'The ledger publishes without enough witnesses: transcripts are weaker evidence. The operator chose so (SOCAI_FAIL_OPEN).',
    waiting:
      'The ledger is waiting for its witnesses. Nothing is lost, but transcripts are issued only once they have answered.',
    readOnly:
      "The school's ledger is read-only: no sheet can be locked and no transcript issued. Tell the IT officer now.",
  },
};

const AGAIN_MS = 60_000;

export function LedgerStrip() {
  const words = useWords(WORDS);
  const { session } = useSession();
  const trouble = useTrouble(session.school.slug);
  if (trouble === null) return null;
  return (
    <p className="ledger-strip" role="alert">
      <Icon name="warning" /> <span>{words[trouble]}</span>
    </p>
  );
}

/** Asked at once and every minute. No answer says nothing about the ledger: what was shown stays. */
function useTrouble(school: string): Trouble | null {
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  useEffect(() => {
    const aborter = new AbortController();
    const ask = () =>
      void getJson<HealthAnswer>('/api/health', aborter.signal).then(
        ({ ledger }) => setTrouble(troubleOf(ledger, school)),
        () => undefined,
      );
    ask();
    const timer = setInterval(ask, AGAIN_MS);
    return () => {
      aborter.abort();
      clearInterval(timer);
    };
  }, [school]);
  return trouble;
}

function troubleOf({ failOpen, logs }: LedgerHealth, school: string): Trouble | null {
  const standing = logs.find((log) => log.school === school)?.standing;
  if (standing === 'read-only') return 'readOnly';
  if (failOpen) return 'failOpen';
  return standing === 'waiting-for-witnesses' ? 'waiting' : null;
}
