/** The staff app. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { LanguageProvider } from './i18n/language.js';
import { applyAppearance } from './parts/appearance.js';
import { StaffApp } from './staff/staff-app.js';
import './styles/staff.css';

applyAppearance();
createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <LanguageProvider>
      <StaffApp />
    </LanguageProvider>
  </StrictMode>,
);
