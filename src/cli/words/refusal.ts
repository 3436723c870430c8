import { wordsOf } from './catalogue.js';
import { spokenLanguage } from './language.js';

/** A refusal as a command tells it. In another language than the service's own its words come first, and the service's, which name what was found, below. */
export function refusalOf(code: string, message: string): string {
  const words = spokenLanguage() === 'en' ? undefined : wordsOf('ErrorCode', code)?.name;
  return words === undefined ? `${message} (${code})` : `${words} (${code})\n  ${message}`;
}
