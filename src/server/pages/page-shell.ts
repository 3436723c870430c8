import type { Language } from '../../domain/said.js';
import { type CspDirectives, hashSource, securityHeaders } from '../http/security-headers.js';

/** One style for the plain pages: system fonts, light and dark, nothing to load. */
const STYLE = `
:root { color-scheme: light dark; --ink: #1d2433; --soft: #5b6478; --line: #dfe3ec; --card: #ffffff; --ground: #f5f7fb; --leaf: #0b7a5c; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e7ebf3; --soft: #9aa4b8; --line: #2c3445; --card: #1a202d; --ground: #11151e; --leaf: #4fd1a5; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.6 system-ui, -apple-system, "Segoe UI", "Noto Sans KR", sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 4rem 1.5rem 3rem; }
h1 { margin: 0; font-size: 2.1rem; letter-spacing: -0.02em; line-height: 1.2; }
h1 span { color: var(--leaf); }
a { color: var(--leaf); }
p { margin: 0.75rem 0 0; max-width: 46rem; }
.lead { margin-top: 1.25rem; font-size: 1.1rem; }
.soft { color: var(--soft); word-break: keep-all; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: 1rem; margin: 2.5rem 0 0; padding: 0; list-style: none; }
.cards a { display: block; height: 100%; padding: 1rem 1.25rem 1.1rem; border: 1px solid var(--line); border-radius: 12px; background: var(--card);
  color: inherit; text-decoration: none; }
.cards a:hover, .cards a:focus-visible { border-color: var(--leaf); outline: none; box-shadow: 0 0 0 1px var(--leaf); }
.cards strong { display: block; font-size: 1.05rem; }
.cards code { color: var(--leaf); font-size: 0.85rem; }
.cards span { display: block; margin-top: 0.4rem; font-size: 0.92rem; line-height: 1.5; }
.cards .main a { border-color: var(--leaf); }
form { margin: 1.75rem 0 1rem; max-width: 30rem; }
label { display: block; margin-bottom: 0.35rem; font-weight: 600; }
input { width: 100%; padding: 0.65rem 0.8rem; border: 1px solid var(--line); border-radius: 8px; background: var(--card); color: inherit; font: inherit; }
input:focus-visible { border-color: var(--leaf); outline: 1px solid var(--leaf); }
button { margin-top: 0.9rem; padding: 0.6rem 1.3rem; border: 0; border-radius: 8px; background: #0b7a5c; color: #fff; font: inherit; font-weight: 600; cursor: pointer; }
.problem { padding: 0.6rem 0.9rem; border-left: 3px solid #c0392b; background: var(--card); }
footer { margin-top: 3rem; padding-top: 1.25rem; border-top: 1px solid var(--line); font-size: 0.9rem; color: var(--soft); }
code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
`;

// Drawn here so that the page needs no other request: a leaf, for food that is easy to bear.
const ICON =
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0b7a5c"/>' +
      '<path d="M9 23C9 13 15 8 24 8c0 10-5 15-13 14m-2 3c2-6 5-9 9-11" fill="none" stroke="#fff" stroke-width="2.2" stroke-linecap="round"/></svg>',
  );

/** The link element of the icon that all pages share. */
export const ICON_LINK = `<link rel="icon" href="${ICON}">`;

/** The headers under which `plainPage` may show its style and icon, and do what `further` allows. */
export function plainPageHeaders(further: CspDirectives = {}): Readonly<Record<string, string>> {
  return {
    ...securityHeaders({ 'style-src': [hashSource(STYLE)], 'img-src': ['data:'], ...further }),
    'content-type': 'text/html; charset=utf-8',
  };
}

/** The headers under which `plainPage` may show its style and icon, and nothing else. */
export const PLAIN_PAGE_HEADERS = plainPageHeaders();

/** A whole HTML document without scripts. `title` and `main` are HTML: the caller escapes foreign text. */
export function plainPage(title: string, main: string, language: Language = 'en'): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${ICON_LINK}
<style>${STYLE}</style>
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`;
}

/** Text as HTML shows it. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
