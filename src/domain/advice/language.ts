/** Languages that advice can be written in. */
export type AdviceLanguage = 'ko' | 'en';
