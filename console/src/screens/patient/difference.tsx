import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { useAsked } from '../../graphql/use-asked.js';
import { useWords } from '../../language/use-words.js';
import { type Advice, DIFFERENCE } from './patient-query.js';

/** What changed since the advice before, in a line or two; nothing where it cannot be told. */
export function Difference({
  advice,
  before,
  userId,
}: {
  readonly advice: Advice;
  readonly before: string;
  readonly userId: number;
}): ReactElement | null {
  const { t } = useLingui();
  const { count, name } = useWords();
  const { recordDate } = advice;
  const { data } = useAsked({ query: DIFFERENCE, variables: { userId, from: recordDate, to: recordDate, other: before } });
  const diff = data?.interventions.nodes.find(({ id }) => id === advice.id)?.diff;
  if (diff == null) return null;
  // The service tells what changes from this one to the other; here the other is the earlier one.
  const { exerciseTarget, meals, fields } = diff;
  const parts: string[] = [];
  if (exerciseTarget !== null) parts.push(t`step goal ${figure(exerciseTarget.after, count)} → ${figure(exerciseTarget.before, count)}`);
  for (const { meal, added, removed } of meals)
    parts.push(
      t`${name('Meal', meal)}: ${plural(removed.length, { one: '# new dish', other: '# new dishes' })}, ${count(added.length)} gone`,
    );
  const texts = fields
    .filter((field) => field.endsWith('EVALUATION') || field === 'SUMMARY')
    .map((field) => name('InterventionField', field));
  if (texts.length > 0) parts.push(t`other words: ${texts.join(', ')}`);
  return (
    <p className="difference">
      <b>
        <Trans>Since the advice before</Trans>
      </b>{' '}
      {parts.length === 0 ? <Trans>nothing changed.</Trans> : parts.join(' · ')}
    </p>
  );
}

const figure = (value: number | null, count: (value: number) => string): string => (value === null ? '–' : count(value));
