import { assertNever } from '../assert-never.js';
import type { AdviceLanguage } from '../advice/language.js';

/** What kind of thing is recalled. */
export const RECALL_KINDS = ['DISH', 'POINT', 'WORDING', 'PROMPT'] as const;
export type RecallKind = (typeof RECALL_KINDS)[number];

/** What is recalled, by what rows call it. */
export type RecallCause =
  | { readonly kind: 'DISH'; readonly dish: string }
  | { readonly kind: 'POINT'; readonly point: string }
  /** One of a point's wordings in one language, numbered from 0. */
  | { readonly kind: 'WORDING'; readonly point: string; readonly language: AdviceLanguage; readonly wording: number }
  | { readonly kind: 'PROMPT'; readonly promptVersion: string };

/** How a prompt's version is written. */
export const PROMPT_VERSION = /^[a-z0-9.-]{1,40}$/;

/** A cause in one word, as lists and alerts show it: `IBS-0001`, `SWAP`, `SWAP/ko/1`, `daily-3`. */
export function subjectOf(cause: RecallCause): string {
  switch (cause.kind) {
    case 'DISH':
      return cause.dish;
    case 'POINT':
      return cause.point;
    case 'WORDING':
      return `${cause.point}/${cause.language}/${cause.wording}`;
    case 'PROMPT':
      return cause.promptVersion;
    default:
      return assertNever(cause);
  }
}
