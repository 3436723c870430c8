import { Trans } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { useWords } from '../../language/use-words.js';
import { Icon, type IconName } from '../../parts/icons.js';
import { Time } from '../../parts/time.js';
import type { Judged } from './findings.js';

const ICONS: Readonly<Record<Judged['tone'], IconName>> = { good: 'check', warn: 'failures', bad: 'failures', live: 'play', idle: 'night' };

/** Whether all is well, in a sentence and a colour, and what the night came to. */
export function Verdict({ judged, next }: { readonly judged: Judged; readonly next: string | undefined }): ReactElement {
  const { count } = useWords();
  const { tone, totals, findings, kept } = judged;
  const { generated, existed, skipped, failed } = totals;
  const things = findings.length;
  return (
    <section className={`verdict ${tone}`} aria-live="polite">
      <span className="verdict-icon">
        <Icon name={ICONS[tone]} size={30} />
      </span>
      <div>
        <p className="verdict-words">
          {tone === 'good' && <Trans>All is well. Nothing needs you.</Trans>}
          {tone === 'live' && <Trans>The batch is running. Nothing needs you yet.</Trans>}
          {tone === 'idle' && <Trans>Nothing has run yet for last night.</Trans>}
          {tone === 'warn' &&
            (things === 1 ? (
              <Trans>The night is over, and one thing is left to look at.</Trans>
            ) : (
              <Trans>{count(things)} things are left to look at.</Trans>
            ))}
          {tone === 'bad' &&
            (things === 1 ? <Trans>Action is needed.</Trans> : <Trans>Action is needed: {count(things)} things to look at.</Trans>)}
        </p>
        <p className="verdict-figures">
          {/* Of a night with two programs each patient counts in both: these are outcomes, and no patients. */}
          {judged.runs.length > 0 && failed > 0 && (
            <Trans>
              Advice written: <b>{count(generated)}</b>. Skipped: {count(skipped)}. <b>Failed: {count(failed)}</b>.
            </Trans>
          )}
          {judged.runs.length > 0 && failed === 0 && kept === 0 && (
            <Trans>
              Advice written: <b>{count(generated)}</b>. Skipped: {count(skipped)}. None failed.
            </Trans>
          )}
          {judged.runs.length > 0 && failed === 0 && kept > 0 && (
            <Trans>
              Advice written: <b>{count(generated)}</b>. Skipped: {count(skipped)}. <b>Failed in a run anew: {count(kept)}</b>. These
              patients keep their earlier advice.
            </Trans>
          )}{' '}
          {existed > 0 && <Trans>{count(existed)} had advice already.</Trans>}{' '}
          {next !== undefined && (
            <Trans>
              Next: <Time at={next} />.
            </Trans>
          )}
        </p>
      </div>
    </section>
  );
}
