import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DASHBOARD_PATH } from '../http/paths.js';
import { type CspDirectives, securityHeaders } from '../http/security-headers.js';
import { escapeHtml, ICON_LINK } from '../pages/page-shell.js';
import { inWords } from '../../words/code-words.js';
import type { Language, Told } from '../../domain/said.js';
import { DASHBOARD } from './dashboard-words.js';

/** Agendash's built page and its assets, which carry hashes in their names. */
export const AGENDASH_FILES = join(dirname(fileURLToPath(import.meta.resolve('agendash'))), '..', 'public');

/** Everything from this origin, and nothing inline but the style attributes that Agendash writes. */
const POLICY: CspDirectives = {
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'style-src-attr': ["'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'form-action': ["'self'"],
};

/** The headers of Agendash's page and files, in place of its own looser ones, which would let other sites frame it. Its form needs a referrer, as the sign-in page's does. */
export const AGENDASH_HEADERS = { ...securityHeaders(POLICY), 'referrer-policy': 'same-origin' };

const PAGE = readFileSync(join(AGENDASH_FILES, 'index.html'), 'utf8');

/** Agendash's page with our style, a way home and, for a caller that signed in, a way out. @param actor the caller; undefined where there is no signing in */
export function agendashPage(actor: string | undefined, language: Language): string {
  const say = (told: Told): string => escapeHtml(inWords(told.said, language));
  const head = `<title>${say(DASHBOARD.tell('JOBS'))} · IBSafe Batch</title>\n${ICON_LINK}\n<link rel="stylesheet" href="${DASHBOARD_PATH}/readable.css">\n</head>`;
  const out =
    actor === undefined
      ? ''
      : `<span>${escapeHtml(actor)}</span><form method="post" action="${DASHBOARD_PATH}/logout"><button type="submit">${say(DASHBOARD.tell('SIGN_OUT'))}</button></form>`;
  return PAGE.replace(/<title>.*?<\/title>/, '')
    .replace('</head>', head)
    .replace('<body>', `<body>\n<nav class="way-home"><a href="/">IBSafe Batch</a>${out}</nav>`);
}
