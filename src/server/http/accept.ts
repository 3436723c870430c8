import type { IncomingMessage } from 'node:http';
import { type Language, LANGUAGES } from '../../domain/said.js';

/**
 * How much a client wants a media type, by its `accept` header (RFC 9110, 12.5.1): 0 is not at all, 1 is most. Without a header anything will do.
 * The most specific range that fits decides, so that a `q=0` takes out of `*` what it names.
 * @param mediaType lower case, without parameters
 */
export function qualityOf(accept: string | undefined, mediaType: string): number {
  if (accept === undefined) return 1;
  const ranges = [mediaType, `${mediaType.slice(0, mediaType.indexOf('/'))}/*`, '*/*'];
  let best = ranges.length;
  let quality = 0;
  for (const { range, q } of rangesOf(accept)) {
    const at = ranges.indexOf(range);
    if (at < 0 || at > best) continue;
    quality = at === best ? Math.max(quality, q) : q;
    best = at;
  }
  return quality;
}

/** The one of some media types that a client wants most, the earlier one where it wants two alike; undefined when it takes none. */
export function preferred<T extends string>(accept: string | undefined, mediaTypes: readonly T[]): T | undefined {
  let best: { readonly type: T; readonly quality: number } | undefined;
  for (const type of mediaTypes) {
    const quality = qualityOf(accept, type);
    if (quality > (best?.quality ?? 0)) best = { type, quality };
  }
  return best?.type;
}

/** Whether it is a page that a client wants: a browser names HTML among what it takes, a program that takes anything does not. */
export function wantsPage(accept: string | undefined): boolean {
  return accept !== undefined && rangesOf(accept).some(({ range, q }) => range === 'text/html' && q > 0);
}

/** Whether a client takes an encoding, by its `accept-encoding` header: only one it names, or `*`, with a weight above 0. */
export function takesEncoding(header: string | string[] | undefined, encoding: string): boolean {
  const ranges = rangesOf(String(header ?? ''));
  const named = ranges.find(({ range }) => range === encoding) ?? ranges.find(({ range }) => range === '*');
  return named !== undefined && named.q > 0;
}

/**
 * The language in which a caller is told something: of ours the one that its `accept-language` header wants most (RFC 9110, 12.5.4), and English where it wants
 * neither, or says nothing.
 */
export function languageAsked({ headers }: Pick<IncomingMessage, 'headers'>): Language {
  const wanted = rangesOf(headers['accept-language'] ?? '').toSorted((a, b) => b.q - a.q); // which keeps the order of what is wanted alike
  const own = wanted.flatMap(({ range, q }) => (q > 0 ? [LANGUAGES.find((each) => range === each || range.startsWith(`${each}-`))] : []));
  return own.find((each) => each !== undefined) ?? 'en';
}

interface Range {
  readonly range: string;
  readonly q: number;
}

/** Parameters other than `q` are not looked at: nothing here is served in two kinds that differ by one. */
function rangesOf(header: string): Range[] {
  return header.split(',').flatMap((part) => {
    const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    if (range === '') return [];
    const weight = parameters.map((parameter) => /^q\s*=\s*(.*)$/.exec(parameter)?.[1]).find((value) => value !== undefined);
    return [{ range, q: weight === undefined ? 1 : weightOf(weight) }];
  });
}

/** A weight that cannot be read wants nothing: better a refusal that says so than an answer that was not wanted. */
function weightOf(text: string): number {
  return /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(text) ? Number(text) : 0;
}
