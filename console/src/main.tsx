import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { firstLanguage, load } from './language/language.js';
import './style/base.css';
import './style/shell.css';
import './style/parts.css';
import './style/night.css';

await load(firstLanguage());
const root = document.getElementById('root');
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
