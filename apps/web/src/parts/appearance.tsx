/** Light, dark, or as the machine says; printed pages are always light (styles/print.css). */
import { useState } from 'react';
import { useWords, type Dictionary } from '../i18n/language.js';
import { recall, remember } from './remembered.js';

const APPEARANCES = ['system', 'light', 'dark'] as const;
type Appearance = (typeof APPEARANCES)[number];

const KEY = 'socai.appearance';

const WORDS: Dictionary<{ readonly title: string } & Record<Appearance, string>> = {
  vi: { title: 'Giao diện', system: 'Theo máy', light: 'Sáng', dark: 'Tối' },
  en: { title: 'Appearance', system: 'System', light: 'Light', dark: 'Dark' },
};

/** Applies what was chosen before; called once before the first drawing, so that nothing flashes. */
export function applyAppearance(): void {
  show(remembered());
}

function remembered(): Appearance {
  const kept = recall(KEY);
  return APPEARANCES.find((appearance) => appearance === kept) ?? 'system';
}

function show(appearance: Appearance): void {
  const { dataset } = document.documentElement;
  if (appearance === 'system') delete dataset['appearance'];
  else dataset['appearance'] = appearance;
}

export function AppearanceChoice() {
  const words = useWords(WORDS);
  const [appearance, setAppearance] = useState(remembered);
  return (
    <label className="choice">
      <span>{words.title}</span>
      <select
        value={appearance}
        onChange={({ target }) => {
          const next = APPEARANCES.find((name) => name === target.value) ?? 'system';
          remember(KEY, next);
          show(next);
          setAppearance(next);
        }}
      >
        {APPEARANCES.map((name) => (
          <option key={name} value={name}>
            {words[name]}
          </option>
        ))}
      </select>
    </label>
  );
}
