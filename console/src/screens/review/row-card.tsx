import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactElement, useId } from 'react';
import { useWords } from '../../language/use-words.js';
import { AdviceTexts } from '../../parts/advice-texts.js';
import { Icon } from '../../parts/icons.js';
import { dayText } from '../../parts/time.js';
import { MarkForm } from './mark-form.js';
import { PatientFacts } from './patient-facts.js';
import type { Marked, Row } from './review-query.js';
import { RiskTags, Risks } from './risks.js';

/** A row of the sample: why it is shown, and opened the advice as the app shows it beside what is said of it. */
export function RowCard(props: {
  readonly row: Row;
  readonly place: number;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onMarked: (mark: Marked) => void;
}): ReactElement {
  const { t } = useLingui();
  const { language, name } = useWords();
  const { row, place, isOpen, onToggle, onMarked } = props;
  const body = useId();
  const program = name('ProgramName', row.program);
  const day = row.targetDate === null ? '–' : dayText(row.targetDate, language);
  return (
    <article className="card review-row">
      <header>
        <h2>
          <button type="button" aria-expanded={isOpen} aria-controls={body} onClick={onToggle}>
            <Icon name="right" size={16} />
            {t`${place}. ${program}, for ${day}`}
          </button>
        </h2>
        <RiskTags row={row} />
      </header>
      <div id={body} hidden={!isOpen}>
        {isOpen && (
          <>
            <Risks row={row} />
            <div className="review-columns">
              <div className="advice">
                <AdviceTexts advice={row} />
                <PatientFacts row={row} />
                <p className="soft made">
                  <Trans>
                    Written by: {name('GeneratorName', row.generator)}. Vocabulary: <span className="mono">{row.vocabulary ?? '–'}</span>.
                  </Trans>{' '}
                  {row.promptVersion !== null && (
                    <Trans>
                      Prompt: <span className="mono">{row.promptVersion}</span>.
                    </Trans>
                  )}
                </p>
              </div>
              <MarkForm {...{ row, onMarked }} />
            </div>
          </>
        )}
      </div>
    </article>
  );
}
