import type { ReactElement } from 'react';
import { useWords } from '../../language/use-words.js';
import { StateTag, type Tone } from '../../parts/state.js';

const TONES: Readonly<Record<string, Tone>> = { RUNNING: 'live', COMPLETED: 'good', CANCELLED: 'idle' };

/** The looks of a day of a backfill. */
export const DATE_TONES: Readonly<Record<string, Tone>> = {
  WAITING: 'idle',
  RUNNING: 'live',
  COMPLETED: 'good',
  COMPLETED_WITH_FAILURES: 'warn',
  FAILED: 'bad',
  SKIPPED: 'idle',
  CANCELLED: 'idle',
};

/** A backfill’s state in a word. */
export function BackfillState({ status }: { readonly status: string }): ReactElement {
  const { name } = useWords();
  return <StateTag tone={TONES[status] ?? 'idle'}>{name('BackfillStatus', status)}</StateTag>;
}
