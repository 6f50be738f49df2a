/** The language of the page: Vietnamese first, English by a switch that this browser remembers. */
import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { recall, remember } from '../parts/remembered.js';

export type Language = 'vi' | 'en';

/** A dictionary: the Vietnamese one is the shape that the English one must have. */
export interface Dictionary<Words> {
  readonly vi: Words;
  readonly en: Words;
}

interface LanguageChoice {
  readonly language: Language;
  readonly choose: (language: Language) => void;
}

const LanguageContext = createContext<LanguageChoice>({ language: 'vi', choose: () => {} });

const KEY = 'socai.language';

/** Holds the choice for everything inside, and says it to the browser (`<html lang>`). */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() => (recall(KEY) === 'en' ? 'en' : 'vi'));
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const choose = useCallback((next: Language) => {
    remember(KEY, next);
    setLanguage(next);
  }, []);
  const choice = useMemo(() => ({ language, choose }), [language, choose]);
  return <LanguageContext value={choice}>{children}</LanguageContext>;
}

export function useLanguage(): LanguageChoice {
  return use(LanguageContext);
}

/** The words of a dictionary in the language chosen. */
export function useWords<Words>(dictionary: Dictionary<Words>): Words {
  return dictionary[useLanguage().language];
}
