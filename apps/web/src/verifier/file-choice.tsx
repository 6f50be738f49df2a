import { useEffect, useRef, useState, type DragEvent } from 'react';
import { useWords } from '../i18n/language.js';
import { Icon } from '../parts/icon.js';
import { VERIFIER_WORDS } from './words.js';

/** PDFs, and presentations in each of their forms. */
const ACCEPTED = 'application/pdf,.pdf,application/json,.json,.jwt,.sd-jwt,.txt,.bin';

/** A place to drop files, which is also a button. */
export function FileChoice({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const words = useWords(VERIFIER_WORDS);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useStrayDrops();

  // A copy: the list of an input empties with it.
  const take = (files: FileList | null) => onFiles([...(files ?? [])]);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <div
      className={over ? 'drop drop-over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="file" size={40} />
      <p className="drop-title">{words.drop}</p>
      <p className="quiet small">{words.dropHelp}</p>
      <button type="button" className="button button-main" onClick={() => input.current?.click()}>
        <Icon name="upload" /> {words.choose}
      </button>
      <input
        ref={input}
        className="visually-hidden"
        type="file"
        multiple
        accept={ACCEPTED}
        tabIndex={-1}
        aria-label={words.choose}
        onChange={({ target }) => {
          take(target.files);
          // So that the same file can be chosen again.
          target.value = '';
        }}
      />
      <p className="drop-privacy">
        <Icon name="lock" size={16} /> {words.privacy}
      </p>
    </div>
  );
}

/** A file dropped beside the place must not replace the page. */
function useStrayDrops(): void {
  useEffect(() => {
    const stop = (event: Event) => event.preventDefault();
    addEventListener('dragover', stop);
    addEventListener('drop', stop);
    return () => {
      removeEventListener('dragover', stop);
      removeEventListener('drop', stop);
    };
  }, []);
}
