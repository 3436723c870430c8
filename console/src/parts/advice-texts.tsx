import { useLingui } from '@lingui/react/macro';
import type { ReactElement, ReactNode } from 'react';
import { useWords } from '../language/use-words.js';
import { languageOf } from './language-of.js';
import { type Point, Why } from './why.js';

/** What an advice says. */
export interface AdviceSaid {
  readonly dietEvaluation: string;
  readonly dietTarget: unknown;
  readonly exerciseEvaluation: string;
  readonly exerciseTarget: number | null;
  readonly sleepEvaluation: string | null;
  readonly sleepTarget: number | null;
  /** Null where it is not known. */
  readonly why: readonly Point[] | null;
}

const MEALS = ['Breakfast', 'Lunch', 'Dinner'] as const;

/** An advice as the app shows it, with why each of its texts says what it says. */
export function AdviceTexts({ advice }: { readonly advice: AdviceSaid }): ReactElement {
  const { t } = useLingui();
  const { count, duration } = useWords();
  const diet = (advice.dietTarget ?? {}) as Readonly<Record<string, unknown>>;
  const meals = MEALS.filter((meal) => Array.isArray(diet[meal]));
  return (
    <>
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
    </>
  );
}

function Goal({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactElement {
  return (
    <p className="goal">
      <span className="soft">{name}</span> <b>{children}</b>
    </p>
  );
}

function Text({
  field,
  advice,
  text,
}: {
  readonly field: string;
  readonly advice: AdviceSaid;
  readonly text: string;
}): ReactElement | null {
  const { name } = useWords();
  if (text === '') return null;
  const points = advice.why?.filter((point) => point.field === field) ?? [];
  return (
    <section className="advice-text">
      <h3>{name('AdviceField', field)}</h3>
      <p lang={languageOf(text)}>{text}</p>
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
          <li key={String(dish)} lang={languageOf(String(dish))}>
            {String(dish)}
          </li>
        ))}
      </ul>
    </section>
  );
}
