import { Trans } from '@lingui/react/macro';
import { type ReactElement, useEffect, useState } from 'react';
import { type CombinedError, useClient } from 'urql';
import type { ResultOf } from '../graphql/graphql.js';
import { refusalOf } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';
import { Time } from '../parts/time.js';
import { FieldProblems } from './field-problems.js';
import { type Fields, inputOf, PREVIEW, type ScheduleInput } from './schedule-fields.js';

type Answer = ResultOf<typeof PREVIEW>['schedulePreview'];

const TYPED_MS = 250;

/** The next ten times of what the fields say, in words, as they are typed; or what cannot be used, unless the form tells it already. */
export function Preview(props: { readonly fields: Fields; readonly areProblemsTold: boolean }): ReactElement | null {
  const { fields, areProblemsTold } = props;
  const { language, name, told } = useWords();
  const client = useClient();
  const [answer, setAnswer] = useState<Answer>();
  const [error, setError] = useState<CombinedError>();
  const key = JSON.stringify({ ...inputOf(fields), name: 'preview' });
  useEffect(() => {
    let current = true;
    const ask = async (): Promise<void> => {
      const result = await client
        .query(PREVIEW, { input: JSON.parse(key) as ScheduleInput }, { requestPolicy: 'network-only' })
        .toPromise();
      if (!current) return; // the fields say something else by now
      setError(result.error);
      setAnswer(result.data?.schedulePreview);
    };
    const timer = setTimeout(() => void ask(), TYPED_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [client, key]);
  if (error !== undefined) return <p className="notice bad">{told(refusalOf(error))}</p>;
  if (answer === undefined) return null;
  if ('problems' in answer)
    return areProblemsTold ? null : (
      <ul className="notice bad problems" aria-live="polite">
        <FieldProblems problems={answer.problems} />
      </ul>
    );
  const { settings, slots } = answer;
  return (
    <div className="preview" aria-live="polite">
      <p>
        <b>{language === 'ko' ? settings.descriptionKo : settings.description}</b>
      </p>
      <p className="soft">
        <Trans>The next ten times</Trans>
      </p>
      <ol>
        {slots.map(({ at, notes }) => (
          <li key={at}>
            <Time at={at} zone={settings.timeZone} />
            {notes.map(({ code }) => (
              <small key={code} className="warned">
                {' '}
                {name('SlotNoteCode', code)}
              </small>
            ))}
          </li>
        ))}
      </ol>
    </div>
  );
}
