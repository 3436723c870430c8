import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactElement, ReactNode } from 'react';
import { useWords } from '../../language/use-words.js';
import { languageOf } from '../../parts/language-of.js';
import type { Row } from './review-query.js';

/** What of the patient is needed to judge a row. The service does not name the patient. */
export function PatientFacts({ row }: { readonly row: Row }): ReactElement {
  const { t } = useLingui();
  const { count, name } = useWords();
  const avoided = (value: unknown): string[] => namesIn(value).map((each) => name('Avoided', each));
  const steps = Array.isArray(row.steps) ? row.steps.filter((each): each is number => typeof each === 'number') : [];
  return (
    <section className="patient-facts">
      <h3>
        <Trans>What is known of the patient</Trans>
      </h3>
      <dl className="facts">
        <Fact name={t`Allergies`} items={avoided(row.allergies)} />
        <Fact name={t`Restrictions`} items={avoided(row.restrictions)} />
        <Fact name={t`Eaten on the day`} items={namesIn(row.eaten)} />
        {steps.length > 0 && <Fact name={t`Steps of the week before`} items={steps.map((each) => count(each))} />}
      </dl>
    </section>
  );
}

function Fact({ name, items }: { readonly name: ReactNode; readonly items: readonly string[] }): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd lang={items.length > 0 ? languageOf(items.join(' ')) : undefined}>
        {items.length === 0 ? <Trans>none</Trans> : items.join(', ')}
      </dd>
    </div>
  );
}

function namesIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}
