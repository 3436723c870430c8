import { useLingui } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { choose, LANGUAGES } from '../language/language.js';
import { useWords } from '../language/use-words.js';

const NAMES = { ko: '한국어', en: 'English' } as const;

/** Korean or English, each by its own name. */
export function LanguageSwitch(): ReactElement {
  const { t } = useLingui();
  const { language } = useWords();
  return (
    <div className="language" role="group" aria-label={t`Language`}>
      {LANGUAGES.map((each) => (
        <button key={each} type="button" lang={each} aria-pressed={each === language} onClick={() => void choose(each)}>
          {NAMES[each]}
        </button>
      ))}
    </div>
  );
}
