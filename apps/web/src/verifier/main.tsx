/** The public verifier: no account, nothing uploaded. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { LanguageProvider } from '../i18n/language.js';
import { applyAppearance } from '../parts/appearance.js';
import { warmChecker } from './load-checker.js';
import { VerifierPage } from './verifier-page.js';
import '../styles/public.css';

applyAppearance();
createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <LanguageProvider>
      <VerifierPage />
    </LanguageProvider>
  </StrictMode>,
);
warmChecker();
