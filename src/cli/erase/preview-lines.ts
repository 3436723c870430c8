import { asTyped } from '../../base/as-typed.js';
import type { ErasurePreview } from '../../lifecycle/erasure/erasure-desk.js';
import { count } from '../screen/figures.js';
import { say } from '../words/catalogue.js';

/** What an erasure would take away, what stays, and what it does not reach. */
export function previewLines(known: ErasurePreview): readonly string[] {
  const { userId, hasAccount, isKnown, outcomes, runs, reads, texts, activeRunId, interventions, monthsNotCovered } = known;
  return [
    hasAccount ? say('eraseOf', { user: userId, name: known.name }) : say('eraseOfDeleted', { user: userId }),
    ...(isKnown ? [say('eraseOutcomes', { outcomes: count(outcomes), runs: count(runs) })] : [say('eraseNothingKnown')]),
    ...(reads > 0 ? [say('eraseReads', { reads: count(reads) })] : []),
    ...(texts.length > 0 ? [say('eraseTexts', { texts: count(texts.length) })] : []),
    ...texts.map(({ text }) => `  - ${text}`),
    say('eraseStays', { interventions: count(interventions) }),
    ...(monthsNotCovered.length > 0 ? [say('eraseNotCovered', { months: monthsNotCovered.join(', ') })] : []),
    say('eraseDumps'),
    ...(hasAccount ? [say('eraseAnew')] : []),
    ...(activeRunId === null ? [] : [say('eraseWaits', { run: activeRunId, cancel: asTyped(`cancel ${activeRunId}`) })]),
    say('eraseForGood'),
  ];
}
