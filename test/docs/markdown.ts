import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A fenced block of a document. */
export interface Block {
  readonly language: string;
  readonly code: string;
}

/** The project's root, with a slash at the end. */
export const ROOT = new URL('../../', import.meta.url);

/** A document's text. @param path from the project's root */
export function readDocument(path: string): string {
  return readFileSync(fileURLToPath(new URL(path, ROOT)), 'utf8');
}

/** Fenced blocks in their order, of one language or all. */
export function blocksOf(text: string, language?: string): readonly Block[] {
  const blocks = [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, name = '', code = '']) => ({ language: name, code }));
  return language === undefined ? blocks : blocks.filter((block) => block.language === language);
}

/** The languages of all fenced blocks; `none` for a block without one. */
export function fencesOf(text: string): readonly string[] {
  return [...text.matchAll(/^```([^\n]*)\n.*?^```$/gms)].map(([, name = '']) => name.trim() || 'none');
}

/** Headings in their order, with how deep each is. */
export function headingsOf(text: string): readonly { readonly depth: number; readonly title: string }[] {
  const prose = text.replace(/^```.*?^```$/gms, '');
  return [...prose.matchAll(/^(#+) (.+)$/gm)].map(([, marks = '', title = '']) => ({ depth: marks.length, title }));
}

/** The anchors of a document's headings, as GitHub makes them: the second of a name gets a number. */
export function anchorsOf(text: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const { title } of headingsOf(text)) {
    const name = title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-');
    let anchor = name;
    for (let again = 1; anchors.has(anchor); again += 1) anchor = `${name}-${again}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** Where the links and pictures of a document lead, addresses of other hosts left out. */
export function linksOf(text: string): readonly string[] {
  const prose = text.replace(/^```.*?^```$/gms, '').replace(/`[^`]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link).filter((link) => !/^[a-z]+:/.test(link));
}

/** The rows of every table of a document, cells trimmed, heads and rules left out. */
export function tableRowsOf(text: string): readonly (readonly string[])[] {
  const lines = text.split('\n');
  const rows = lines.filter((line, at) => line.startsWith('|') && !isRule(line) && !isRule(lines[at + 1]));
  return rows.map((row) =>
    row
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}

function isRule(line = ''): boolean {
  return /^\|[ |-]+\|$/.test(line);
}
