import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactElement, ReactNode } from 'react';
import { useWords } from '../../language/use-words.js';
import { Card } from '../../parts/page.js';
import { Day } from '../../parts/time.js';
import { Difference } from './difference.js';
import type { Advice } from './patient-query.js';
import { Why } from './why.js';

const MEALS = ['Breakfast', 'Lunch', 'Dinner'] as const;

/** An advice as the app shows it, with why each of its texts says what it says, and what changed since the one before. */
export function AdviceView({
  advice,
  before,
  userId,
}: {
  readonly advice: Advice;
  readonly before: string | undefined;
  readonly userId: number;
}): ReactElement {
  const { t } = useLingui();
  const { count, duration } = useWords();
  const diet = (advice.dietTarget ?? {}) as Readonly<Record<string, unknown>>;
  const meals = MEALS.filter((meal) => Array.isArray(diet[meal]));
  return (
    <Card
      title={<Trans>Advice</Trans>}
      aside={
        <span className="soft">
          <Trans>
            for <Day date={advice.targetDate} />
          </Trans>
        </span>
      }
      className="advice"
    >
      {before !== undefined && <Difference advice={advice} before={before} userId={userId} />}
      {advice.exerciseTarget !== null && <Goal name={t`Step goal`}>{t`${count(advice.exerciseTarget)} steps`}</Goal>}
      {advice.sleepTarget !== null && <Goal name={t`Sleep goal`}>{duration(advice.sleepTarget * 3_600_000)}</Goal>}
      <Text field="DIET_EVALUATION" advice={advice} text={advice.dietEvaluation} />
      <Text field="EXERCISE_EVALUATION" advice={advice} text={advice.exerciseEvaluation} />
      <Text field="SLEEP_EVALUATION" advice={advice} text={advice.sleepEvaluation ?? ''} />
      {meals.length > 0 && (
        <div className="meals">
          {meals.map((meal) => (
            <Meal key={meal} meal={meal} dishes={diet[meal] as readonly unknown[]} />
          ))}
        </div>
      )}
      <Text field="SUMMARY" advice={advice} text={typeof diet['Summary'] === 'string' ? diet['Summary'] : ''} />
      {advice.why === null && (
        <p className="hint">
          <Trans>
            Why each sentence was said is not known: this advice is of an earlier release, of the app, or of the batch before this one.
          </Trans>
        </p>
      )}
    </Card>
  );
}

function Goal({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactElement {
  return (
    <p className="goal">
      <span className="soft">{name}</span> <b>{children}</b>
    </p>
  );
}

function Text({ field, advice, text }: { readonly field: string; readonly advice: Advice; readonly text: string }): ReactElement | null {
  const { name } = useWords();
  if (text === '') return null;
  const points = advice.why?.filter((point) => point.field === field) ?? [];
  return (
    <section className="advice-text">
      <h3>{name('AdviceField', field)}</h3>
      <p>{text}</p>
      {points.length > 0 && <Why points={points} />}
    </section>
  );
}

function Meal({ meal, dishes }: { readonly meal: string; readonly dishes: readonly unknown[] }): ReactElement {
  const { name } = useWords();
  return (
    <section>
      <h3>{name('Meal', meal.toUpperCase())}</h3>
      <ul>
        {dishes.map((dish) => (
          <li key={String(dish)}>{String(dish)}</li>
        ))}
      </ul>
    </section>
  );
}
