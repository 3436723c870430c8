import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactElement, ReactNode } from 'react';
import type { CombinedError } from 'urql';
import { useWords } from '../../language/use-words.js';
import { Failed } from '../../parts/page.js';
import { StateTag } from '../../parts/state.js';
import type { SystemStatus, Usage } from './system.js';

function Tile(props: {
  readonly title: string;
  readonly tone: 'good' | 'warn' | 'bad' | 'idle';
  readonly state: string;
  readonly children?: ReactNode;
}): ReactElement {
  const { title, tone, state, children } = props;
  return (
    <section className="card tile">
      <header>
        <h2>{title}</h2>
        <StateTag tone={tone}>{state}</StateTag>
      </header>
      {children}
    </section>
  );
}

/** Whether a store answers, and what it is. */
export function Store({
  title,
  kind,
  ok,
  problem,
}: {
  readonly title: string;
  readonly kind: string;
  readonly ok: boolean;
  readonly problem: string | null;
}): ReactElement {
  const { t } = useLingui();
  return (
    <Tile title={title} tone={ok ? 'good' : 'bad'} state={ok ? t`answers` : t`away`}>
      <p className="soft" lang="en">
        {kind}
      </p>
      {problem !== null && <p>{problem}</p>}
    </Tile>
  );
}

/** Whether the log flows to its readers. */
export function Log({ log }: { readonly log: SystemStatus['log'] }): ReactElement {
  const { t } = useLingui();
  const { count, duration } = useWords();
  const tone = log.alarm ? 'bad' : log.listening ? 'good' : 'warn';
  return (
    <Tile title={t`Log`} tone={tone} state={log.alarm ? t`stands still` : log.listening ? t`flows` : t`polled`}>
      <p className="soft">
        <Trans>{count(log.events)} events</Trans> · <Trans>lag {duration(log.lagMs)}</Trans>
      </p>
      {log.problem !== null && <p>{log.problem}</p>}
      {!log.listening && (
        <p>
          <Trans>Notifications do not arrive: news come some moments late.</Trans>
        </p>
      )}
    </Tile>
  );
}

/** Whether the language model can be used, and what it took this month, or why that cannot be told. */
export function Model(props: {
  readonly problem: string | null;
  readonly usage: Usage;
  readonly error: CombinedError | undefined;
  readonly again: () => void;
}): ReactElement {
  const { problem, usage, error, again } = props;
  const { t } = useLingui();
  const { count } = useWords();
  const tokens = usage === null ? 0 : usage.tokensIn + usage.tokensOut;
  const used = tokens > 0;
  if (usage === null && error !== undefined)
    return (
      <Tile title={t`Language model`} tone="warn" state={t`not known`}>
        {problem !== null && <p>{problem}</p>}
        <Failed error={error} again={again} />
      </Tile>
    );
  return (
    <Tile
      title={t`Language model`}
      tone={problem === null ? (used ? 'good' : 'idle') : 'bad'}
      state={problem === null ? (used ? t`used this month` : t`not used this month`) : t`cannot be used`}
    >
      {problem !== null && <p>{problem}</p>}
      {used && (
        <p className="soft">
          <Trans>
            {count(tokens)} tokens, ${(usage?.costUsd ?? 0).toFixed(2)}
          </Trans>
        </p>
      )}
    </Tile>
  );
}
