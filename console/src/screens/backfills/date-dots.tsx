import type { ReactElement } from 'react';
import { useWords } from '../../language/use-words.js';

/** Days as a row of marks; the words for them stand in its label. */
export function DateDots({ dates }: { readonly dates: readonly { readonly recordDate: string; readonly status: string }[] }): ReactElement {
  const { count, name } = useWords();
  const statuses = [...new Set(dates.map(({ status }) => status))];
  const label = statuses.map(
    (status) => `${name('BackfillDateStatus', status)} ${count(dates.filter((date) => date.status === status).length)}`,
  );
  return (
    <div className="date-dots" role="img" aria-label={label.join(', ')}>
      {dates.map(({ recordDate, status }) => (
        <span key={recordDate} className={`date-dot ${status.toLowerCase()}`} />
      ))}
    </div>
  );
}
