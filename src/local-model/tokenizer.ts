import type { ChatRequest } from './chat-request.js';

/** How the local model counts tokens, those of a beginning that it kept among them. */
export interface Tokenizer {
  /** Bytes that `bytesOf` makes of a token. */
  readonly bytesAToken: number;
  /** A text as tokens, each the same number of bytes. */
  bytesOf(text: string): Buffer;
  /** What of a question is read, in this order. */
  textsOf(chat: ChatRequest): readonly string[];
}

/** Without the tables of a real tokenizer: three bytes a token, about what one makes of Korean and JSON, and messages alone. */
export const BY_BYTES: Tokenizer = {
  bytesAToken: 3,
  bytesOf: (text) => Buffer.from(text, 'utf8'),
  textsOf: ({ messages }) => messages.map(({ content }) => content),
};

/** Tokens of a text; one that is begun is a whole one. */
export function countTokens(tokenizer: Tokenizer, text: string): number {
  return Math.ceil(tokenizer.bytesOf(text).length / tokenizer.bytesAToken);
}
