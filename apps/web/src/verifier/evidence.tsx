/** What a verdict rests on: who signed, where in the ledger, seen by whom, how new, and whether the results follow. */
import type { CheckedSignature, LedgerEvidence, StatusEvidence, VerificationResult } from '#verify/result.js';
import { formatTime } from '../format/dates.js';
import { useWords } from '../i18n/language.js';
import { Icon } from '../parts/icon.js';
import { EVIDENCE_WORDS } from './evidence-words.js';

export function Evidence({ result }: { readonly result: VerificationResult }) {
  const { signatures, ledger, status, document, verdict } = result;
  if (signatures.length === 0 && ledger === null) return null;
  return (
    <div className="evidence">
      {signatures.length > 0 && (
        <Signers signatures={signatures} document={document} confirmed={verdict !== 'unchecked'} />
      )}
      {ledger !== null && <Ledger ledger={ledger} />}
      {ledger !== null && <Status status={status} verdict={verdict} />}
      {document?.type === 'hoc-ba' && <Results follow={result.resultsFollow} ruleSet={document.ruleSet.id} />}
    </div>
  );
}

interface SignersProps {
  readonly signatures: readonly CheckedSignature[];
  readonly document: VerificationResult['document'];
  readonly confirmed: boolean;
}

function Signers({ signatures, document, confirmed }: SignersProps) {
  const words = useWords(EVIDENCE_WORDS);
  return (
    <section>
      <h3>{words.signers}</h3>
      <ul className="signers">
        {signatures.map((signature) => {
          const right = document?.route.find((entry) => entry.role === signature.role);
          return (
            <li key={signature.role}>
              <span className="quiet">
                {words.roles[signature.role]}
                {right?.onBehalf !== undefined && ` (${right.onBehalf})`}
              </span>
              <span className="strong">{signature.name}</span>
              <span className="quiet">{words.signedAt(formatTime(signature.at))}</span>
            </li>
          );
        })}
      </ul>
      <p className={confirmed ? 'quiet small' : 'finding-doubt'}>
        {confirmed ? words.signedAtHelp : words.signersUnconfirmed}
      </p>
    </section>
  );
}

function Ledger({ ledger }: { readonly ledger: LedgerEvidence }) {
  const words = useWords(EVIDENCE_WORDS);
  return (
    <section>
      <h3>{words.ledger}</h3>
      <dl className="facts">
        <div>
          <dt>{words.number}</dt>
          <dd>{ledger.index}</dd>
        </div>
        <div>
          <dt>{words.existedAt}</dt>
          <dd>{ledger.existedAt === null ? words.unknownTime : formatTime(ledger.existedAt)}</dd>
        </div>
        <div>
          <dt>{words.witnesses}</dt>
          <dd>
            {ledger.witnesses.map((witness) => (
              <span key={witness.name} className="witness">
                {witness.name}
              </span>
            ))}
          </dd>
        </div>
        <div>
          <dt>{words.origin}</dt>
          <dd className="witness">{ledger.origin}</dd>
        </div>
      </dl>
    </section>
  );
}

interface StatusProps {
  readonly status: StatusEvidence;
  readonly verdict: VerificationResult['verdict'];
}

function Status({ status, verdict }: StatusProps) {
  const words = useWords(EVIDENCE_WORDS);
  const looked = status.method !== 'none' && status.size !== null;
  const newest = looked && verdict === 'valid';
  return (
    <section>
      <h3>{words.status}</h3>
      <p className={newest ? 'finding finding-good' : 'finding finding-unsure'}>
        <Icon name={newest ? 'check' : looked ? 'replaced' : 'question'} />
        <span>
          {!looked && words.notLooked}
          {looked && (newest ? words.newest : words.laterEvents)}
          {looked &&
            ` ${words.lookedUpTo(status.size ?? 0, status.asOf === null ? words.unknownTime : formatTime(status.asOf))}`}
        </span>
      </p>
    </section>
  );
}

interface ResultsProps {
  readonly follow: boolean | null;
  readonly ruleSet: string;
}

function Results({ follow, ruleSet }: ResultsProps) {
  const words = useWords(EVIDENCE_WORDS);
  const circular = words.circulars[ruleSet] ?? ruleSet;
  return (
    <section>
      <h3>{words.results}</h3>
      <p
        className={`finding ${follow === true ? 'finding-good' : follow === false ? 'finding-bad' : 'finding-unsure'}`}
      >
        <Icon name={follow === true ? 'check' : follow === false ? 'warning' : 'question'} />
        <span>
          {follow === true && words.resultsFollow(circular)}
          {follow === false && words.resultsDiffer(circular)}
          {follow === null && words.resultsUnknown(circular)}
        </span>
      </p>
    </section>
  );
}
