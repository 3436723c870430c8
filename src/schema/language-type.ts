import { LANGUAGES } from '../domain/said.js';
import { enumOf } from './enums.js';

export const LanguageEnum = enumOf(LANGUAGES, {
  name: 'Language',
  description: 'A language in which the service tells something.',
  values: { ko: 'Korean.', en: 'English.' },
});
