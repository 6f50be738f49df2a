import { useLanguage, type Language } from '../i18n/language.js';

const LANGUAGES: readonly { readonly code: Language; readonly short: string; readonly name: string }[] = [
  { code: 'vi', short: 'VI', name: 'Tiếng Việt' },
  { code: 'en', short: 'EN', name: 'English' },
];

export function LanguageSwitch() {
  const { language, choose } = useLanguage();
  return (
    <div className="switch" role="group" aria-label="Ngôn ngữ / Language">
      {LANGUAGES.map(({ code, short, name }) => (
        <button
          key={code}
          type="button"
          lang={code}
          title={name}
          aria-pressed={language === code}
          onClick={() => choose(code)}
        >
          {short}
        </button>
      ))}
    </div>
  );
}
