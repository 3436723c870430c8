import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { firstLanguage, load } from './language/language.js';
import './style/base.css';
import './style/shell.css';
import './style/parts.css';
import './style/night.css';

// A service of another release has other files: a screen that cannot be fetched any more is had by loading the page again, once.
const RELOADED = 'console:reloaded-at';
window.addEventListener('vite:preloadError', (event) => {
  if (Date.now() - Number(sessionStorage.getItem(RELOADED) ?? 0) < 10_000) return;
  event.preventDefault();
  sessionStorage.setItem(RELOADED, String(Date.now()));
  location.reload();
});

await load(firstLanguage());
const root = document.getElementById('root');
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
