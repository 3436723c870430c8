import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { useWords } from '../../language/use-words.js';
import type { Draft } from './draft.js';
import type { Row } from './review-query.js';

/** What of the row the verdict is about: its points and its dishes. */
export function Ticks(props: {
  readonly row: Row;
  readonly draft: Draft;
  readonly onChange: (next: Partial<Draft>) => void;
}): ReactElement {
  const { t } = useLingui();
  const { name } = useWords();
  const { row, draft, onChange } = props;
  const points = [...new Map(row.why.map((each) => [each.point, each])).values()];
  return (
    <>
      <fieldset className="ticks chips">
        <legend>
          {t`Points that it is about`}{' '}
          <em>
            <Trans>(optional)</Trans>
          </em>
        </legend>
        {points.map(({ point, family }) => (
          <label key={point} className="tick" title={family === null ? point : `${name('AdviceFamily', family)} · ${point}`}>
            <input
              type="checkbox"
              checked={draft.points.includes(point)}
              onChange={() => onChange({ points: turned(draft.points, point) })}
            />
            <span>{name('PointName', point)}</span>
          </label>
        ))}
      </fieldset>
      <fieldset className="ticks chips">
        <legend>
          {t`Dishes that it is about`}{' '}
          <em>
            <Trans>(optional)</Trans>
          </em>
        </legend>
        {row.dishes.map(({ code, name: dish }) => (
          <label key={code} className="tick" title={code}>
            <input
              type="checkbox"
              checked={draft.dishes.includes(code)}
              onChange={() => onChange({ dishes: turned(draft.dishes, code) })}
            />
            <span>{dish ?? code}</span>
          </label>
        ))}
      </fieldset>
    </>
  );
}

function turned(names: readonly string[], name: string): readonly string[] {
  return names.includes(name) ? names.filter((each) => each !== name) : [...names, name];
}
