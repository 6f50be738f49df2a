/** The staff app. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { LanguageProvider } from './i18n/language.js';
import { applyAppearance } from './parts/appearance.js';
import { StaffApp } from './staff/staff-app.js';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/frame.css';
import './styles/screens.css';
import './styles/sheet.css';
import './styles/print.css';

applyAppearance();
createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <LanguageProvider>
      <StaffApp />
    </LanguageProvider>
  </StrictMode>,
);
