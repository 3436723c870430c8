import { useLingui } from '@lingui/react/macro';
import type { KeyboardEvent, ReactElement } from 'react';
import { useWords } from '../../language/use-words.js';
import { Icon, type IconName } from '../../parts/icons.js';
import { dayText } from '../../parts/time.js';
import type { PatientDay } from './patient-query.js';

const LOOKS: Readonly<Record<string, readonly [tone: string, icon: IconName]>> = {
  GENERATED: ['good', 'check'],
  EXISTED: ['good', 'check'],
  SKIPPED: ['skipped', 'minus'],
  FAILED: ['bad', 'cross'],
  CANCELLED: ['idle', 'cross'],
  IN_PROGRESS: ['live', 'play'],
  NOT_ON_ROSTER: ['idle', 'minus'],
  NO_RUN: ['none', 'minus'],
  NOT_DUE: ['none', 'clock'],
  BEFORE_RETENTION: ['idle', 'clock'],
};

/** The look of what a day came to. */
export const lookOf = (verdict: string): readonly [tone: string, icon: IconName] => LOOKS[verdict] ?? ['idle', 'minus'];

/** Days as a strip, the newest last: one look each, by colour and by shape. Arrows go from day to day. */
export function DayStrip(props: {
  readonly days: readonly PatientDay[];
  readonly chosen: string;
  readonly onChoose: (day: string) => void;
}): ReactElement {
  const { days, chosen, onChoose } = props;
  const { t } = useLingui();
  const { language, name } = useWords();
  const shown = days.toReversed();
  const go = (event: KeyboardEvent<HTMLButtonElement>, at: number): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 7, ArrowUp: -7 }[event.key];
    const next = step === undefined ? undefined : shown[at + step];
    if (next === undefined) return;
    event.preventDefault();
    onChoose(next.recordDate);
    event.currentTarget.parentElement?.querySelectorAll('button')[at + (step ?? 0)]?.focus();
  };
  const verdicts = [...new Set(shown.map(({ verdict }) => verdict))];
  return (
    <>
      <div className="strip" role="group" aria-label={t`Days`}>
        {shown.map(({ recordDate, verdict }, at) => {
          const [tone, icon] = lookOf(verdict);
          const isChosen = recordDate === chosen;
          return (
            <button
              key={recordDate}
              type="button"
              className={`day ${tone}`}
              aria-pressed={isChosen}
              tabIndex={isChosen ? 0 : -1}
              title={`${dayText(recordDate, language)}: ${name('Verdict', verdict)}`}
              onClick={() => onChoose(recordDate)}
              onKeyDown={(event) => go(event, at)}
            >
              <Icon name={icon} size={16} />
              <span className="unseen">{`${dayText(recordDate, language)}: ${name('Verdict', verdict)}`}</span>
              <span aria-hidden="true">
                {recordDate.endsWith('-01') || at === 0
                  ? `${Number(recordDate.slice(5, 7))}/${Number(recordDate.slice(8))}`
                  : Number(recordDate.slice(8))}
              </span>
            </button>
          );
        })}
      </div>
      <ul className="legend">
        {verdicts.map((verdict) => (
          <li key={verdict}>
            <span className={`day-dot ${lookOf(verdict)[0]}`} aria-hidden="true" />
            {name('Verdict', verdict)} <span className="soft">{shown.filter((day) => day.verdict === verdict).length}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
