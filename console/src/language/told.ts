import type { Refusal } from '../graphql/use-order.js';
import type { CodeWords } from './language.js';

/** The catalogue’s words for a code of a group. */
type WordsOf = (group: string, code: string) => CodeWords;

/** Refusals whose sentence names what was wrong among what was sent: the console asks for it in the reader’s language. */
const NAMING: ReadonlySet<string> = new Set(['UNKNOWN_USERS']);

/** Why the service refused, in the reader’s language where its sentence is known; else its own English. */
export function toldBy(wordsOf: WordsOf, { code, message, said }: Refusal): string {
  if (NAMING.has(code) && message !== '') return message;
  const sentence = said === undefined ? undefined : sentenceTold(wordsOf, said);
  if (sentence !== undefined) return sentence;
  const known = [wordsOf('ErrorCode', code), wordsOf('Problem', code)].find(({ name }) => name !== code);
  return known?.name ?? message;
}

/** A sentence of the group `BadInput`, with the label of a form where the service names a field of its own; of one that stands in no form nothing is named. */
function sentenceTold(wordsOf: WordsOf, { sentence, values }: NonNullable<Refusal['said']>): string | undefined {
  const { name: told } = wordsOf('BadInput', sentence);
  if (told === sentence) return undefined;
  if (sentence !== 'VARIABLE') return filled(told, values);
  const field = valueIn(values['field']) ?? '';
  const { name: label } = wordsOf('InputField', field);
  return label === field ? undefined : filled(told, { field: label }).replaceAll('`', '');
}

function filled(sentence: string, values: Readonly<Record<string, unknown>>): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (whole, place: string) => valueIn(values[place]) ?? whole);
}

function valueIn(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
