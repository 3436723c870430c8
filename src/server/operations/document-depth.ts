import { Lexer, Source, TokenKind } from 'graphql';
import { MAX_DEPTH } from '../../base/foreign-json.js';
import { MAX_TOKENS } from './operation-rules.js';

const OPENING: ReadonlySet<TokenKind> = new Set([TokenKind.BRACKET_L, TokenKind.BRACE_L]);
const CLOSING: ReadonlySet<TokenKind> = new Set([TokenKind.BRACKET_R, TokenKind.BRACE_R]);

/**
 * Whether the text of a document has more levels of lists, objects and fields than are read. To be asked before it is parsed: graphql's parser calls itself for each level, and would end for want of
 * a stack within the tokens that are taken. What is no text of tokens is left to the parser to tell, and so are tokens beyond those.
 */
export function isDocumentTooDeep(text: string): boolean {
  const lexer = new Lexer(new Source(text));
  let depth = 0;
  for (let tokens = 0; tokens <= MAX_TOKENS; tokens += 1) {
    const kind = nextKind(lexer);
    if (kind === undefined || kind === TokenKind.EOF) return false;
    if (OPENING.has(kind)) depth += 1;
    else if (CLOSING.has(kind)) depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

function nextKind(lexer: Lexer): TokenKind | undefined {
  try {
    return lexer.advance().kind;
  } catch {
    return undefined;
  }
}
