import type { ReactElement } from 'react';
import { useWords } from '../language/use-words.js';

const KINDS = ['generated', 'skipped', 'failed'] as const;

/** Outcomes in a line, each beside its colour; its name is told on hover and to screen readers. */
export function TallyLine({ tally }: { readonly tally: Readonly<Record<(typeof KINDS)[number], number>> }): ReactElement {
  const { count, name } = useWords();
  return (
    <small className="soft tally">
      {KINDS.map((kind) => (
        <span key={kind} title={name('OutcomeKind', kind.toUpperCase())} className={kind === 'failed' && tally.failed > 0 ? 'wrong' : ''}>
          <span className={`dot bg-${kind}`} aria-hidden="true" />
          <span className="unseen">{name('OutcomeKind', kind.toUpperCase())} </span>
          {count(tally[kind])}
        </span>
      ))}
    </small>
  );
}
