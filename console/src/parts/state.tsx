import type { ReactElement, ReactNode } from 'react';
import { useWords } from '../language/use-words.js';
import { Icon, type IconName } from './icons.js';

/** How something stands, by colour and by shape. */
export type Tone = 'good' | 'warn' | 'bad' | 'live' | 'idle';

const ICONS: Readonly<Record<Tone, IconName>> = { good: 'check', warn: 'failures', bad: 'cross', live: 'play', idle: 'minus' };

const RUN_TONES: Readonly<Record<string, Tone>> = {
  REQUESTED: 'live',
  PLANNED: 'live',
  RUNNING: 'live',
  PAUSED: 'warn',
  COMPLETED: 'good',
  COMPLETED_WITH_FAILURES: 'warn',
  CANCELLED: 'idle',
  FAILED: 'bad',
};

/** The tone of a run's status. */
export const toneOfRun = (status: string): Tone => RUN_TONES[status] ?? 'idle';

/** A state in a word, on its colour. */
export function StateTag({
  tone,
  icon,
  children,
}: {
  readonly tone: Tone;
  readonly icon?: IconName;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <span className={`tag ${tone}`}>
      <Icon name={icon ?? ICONS[tone]} size={14} />
      {children}
    </span>
  );
}

/** A run's status in a word. */
export function RunState({ status }: { readonly status: string }): ReactElement {
  const { name } = useWords();
  return (
    <StateTag tone={toneOfRun(status)} {...(status === 'PAUSED' && { icon: 'pause' })}>
      {name('RunStatus', status)}
    </StateTag>
  );
}
