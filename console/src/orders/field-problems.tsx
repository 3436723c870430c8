import { useLingui } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import type { Refusal } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';

/** What is wrong with each field of a form, in the reader’s language, as items of a list. */
export function FieldProblems({ problems }: { readonly problems: NonNullable<Refusal['problems']> }): ReactElement {
  const { t } = useLingui();
  const { language, name } = useWords();
  return (
    <>
      {problems.map(({ field, expected, expectedKo, found }) => (
        <li key={field}>
          <b>{name('ScheduleField', field)}</b>: {language === 'ko' ? expectedKo : expected} ({found === 'nothing' ? t`empty` : found})
        </li>
      ))}
    </>
  );
}
