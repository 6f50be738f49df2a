/** Asks for the second factor again before something that counts: the passkey, or a code where the school allows it. */
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import type { ActAnswerDto, StatedActAnswer } from '#contracts/acts.js';
import { sendJson, type ApiProblem } from '../api/client.js';
import { passkeysWork, signWithPasskey } from '../api/passkey.js';
import { useSession } from '../api/session.js';
import { asProblem } from '../api/use-resource.js';
import { useWords, type Dictionary } from '../i18n/language.js';
import { Icon } from './icon.js';
import { Failure, Loading } from './states.js';

interface StepUpWords {
  readonly passkey: string;
  readonly passkeyHint: string;
  readonly code: string;
  readonly codeHint: string;
  readonly confirm: string;
  readonly busy: string;
  readonly cancel: string;
  readonly cancelled: string;
  readonly none: string;
  readonly useCode: string;
}

const WORDS: Dictionary<StepUpWords> = {
  vi: {
    passkey: 'Xác nhận bằng khóa truy cập',
    passkeyHint: 'Thiết bị sẽ hỏi vân tay, khuôn mặt hoặc mã PIN của bạn.',
    code: 'Mã 6 chữ số',
    codeHint: 'Lấy trong ứng dụng xác thực. Xác nhận bằng mã được ghi lại là xác nhận yếu.',
    confirm: 'Xác nhận',
    busy: 'Đang xác nhận…',
    cancel: 'Thôi',
    cancelled: 'Khóa truy cập chưa xác nhận. Hãy thử lại.',
    none: 'Tài khoản này chưa có cách nào để xác nhận việc này. Hãy thêm khóa truy cập, hoặc hỏi nhân viên CNTT.',
    useCode: 'Dùng mã 6 chữ số',
  },
  en: {
    passkey: 'Confirm with a passkey',
    passkeyHint: 'Your device will ask for your fingerprint, face or PIN.',
    code: '6-digit code',
    codeHint: 'From your authenticator app. A confirmation by code is recorded as weak.',
    confirm: 'Confirm',
    busy: 'Confirming…',
    cancel: 'Cancel',
    cancelled: 'The passkey did not confirm. Try again.',
    none: 'This account has no way to confirm this. Add a passkey, or ask the IT officer.',
    useCode: 'Use a 6-digit code',
  },
};

interface StepUpProps {
  readonly title: string;
  /** What is being confirmed, in the page's words. */
  readonly children: ReactNode;
  /** The act's name and parameters, as the API states it. */
  readonly action: string;
  readonly params: object;
  /** Does what the act is for. @throws ApiProblem, which is shown; the person may try again */
  readonly onAnswer: (act: ActAnswerDto) => Promise<void>;
  readonly onCancel: () => void;
}

export function StepUp({ title, children, action, params, onAnswer, onCancel }: StepUpProps) {
  const words = useWords(WORDS);
  const { session } = useSession();
  const dialog = useRef<HTMLDialogElement>(null);
  const [stated, setStated] = useState<StatedActAnswer | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  useEffect(() => {
    let shown = true;
    sendJson<StatedActAnswer>('POST', '/api/acts', { action, params }, session.csrfToken).then(
      (answer) => shown && setStated(answer),
      (error: unknown) => shown && setProblem(asProblem(error)),
    );
    return () => {
      shown = false;
    };
  }, [action, params, session.csrfToken]);

  const send = async (answer: Omit<ActAnswerDto, 'id'>) => {
    if (stated === null) return;
    setBusy(true);
    setProblem(null);
    try {
      await onAnswer({ id: stated.id, ...answer });
    } catch (error) {
      setBusy(false);
      setProblem(asProblem(error));
    }
  };

  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="step-up-title" onCancel={onCancel}>
      <h2 id="step-up-title">
        <Icon name="lock" /> {title}
      </h2>
      {children}
      {stated === null && problem === null && <Loading lines={2} />}
      {stated !== null && <Answer stated={stated} busy={busy} send={(answer) => void send(answer)} />}
      {problem !== null && <Failure problem={problem} />}
      <button type="button" className="button button-small" onClick={onCancel}>
        {words.cancel}
      </button>
    </dialog>
  );
}

interface AnswerProps {
  readonly stated: StatedActAnswer;
  readonly busy: boolean;
  readonly send: (answer: Omit<ActAnswerDto, 'id'>) => void;
}

/** The stronger way that this person and this browser have; the code one click away where it is allowed. */
function Answer({ stated: { methods, passkey }, busy, send }: AnswerProps) {
  const words = useWords(WORDS);
  const [byCode, setByCode] = useState(false);
  const codeAllowed = methods.includes('totp');
  if (passkey !== undefined && passkeysWork && !byCode) {
    return (
      <>
        <PasskeyAnswer options={passkey} busy={busy} send={send} />
        {codeAllowed && (
          <button type="button" className="button button-small" onClick={() => setByCode(true)}>
            {words.useCode}
          </button>
        )}
      </>
    );
  }
  if (codeAllowed) return <CodeAnswer busy={busy} send={send} />;
  return <p role="alert">{words.none}</p>;
}

function PasskeyAnswer({
  options,
  busy,
  send,
}: Omit<AnswerProps, 'stated'> & { readonly options: NonNullable<StatedActAnswer['passkey']> }) {
  const words = useWords(WORDS);
  const [cancelled, setCancelled] = useState(false);
  const sign = async () => {
    setCancelled(false);
    const assertion = await signWithPasskey(options).catch(() => null);
    if (assertion === null) setCancelled(true);
    else send({ method: 'passkey', assertion });
  };
  return (
    <div className="form">
      <p className="quiet">{words.passkeyHint}</p>
      <button
        type="button"
        className="button button-main"
        disabled={busy}
        autoFocus
        onClick={() => void sign()}
      >
        {busy ? words.busy : words.passkey}
      </button>
      {cancelled && <p role="alert">{words.cancelled}</p>}
    </div>
  );
}

function CodeAnswer({ busy, send }: Omit<AnswerProps, 'stated'>) {
  const words = useWords(WORDS);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get('code');
    send({ method: 'totp', code: typeof typed === 'string' ? typed.replace(/\s/g, '') : '' });
  };
  return (
    <form onSubmit={submit} className="form">
      <label className="field">
        <span>{words.code}</span>
        <input
          name="code"
          className="code-input"
          autoComplete="one-time-code"
          inputMode="numeric"
          required
          autoFocus
          maxLength={10}
        />
      </label>
      <p className="quiet">{words.codeHint}</p>
      <button type="submit" className="button button-main" disabled={busy}>
        {busy ? words.busy : words.confirm}
      </button>
    </form>
  );
}
