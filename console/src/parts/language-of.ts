/** The language of a text that the service tells, such as an advice: Korean where it has a letter of it. */
export function languageOf(text: string): 'ko' | 'en' {
  return /[가-힣]/u.test(text) ? 'ko' : 'en';
}
