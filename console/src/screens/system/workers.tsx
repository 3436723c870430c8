import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useWords } from '../../language/use-words.js';
import { Card, Empty } from '../../parts/page.js';
import { Time } from '../../parts/time.js';

interface Worker {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  readonly roles: string;
  readonly lanes: number;
  readonly version: string;
  readonly startedAt: string;
  readonly chunks: readonly { readonly runId: string; readonly chunk: number; readonly since: string }[];
}

/** The processes that gave a sign of life, each lane as a place: at work or free. */
export function Workers({ status: { workers } }: { readonly status: { readonly workers: readonly Worker[] } }): ReactElement {
  const { name } = useWords();
  return (
    <Card title={<Trans>Processes</Trans>}>
      {workers.every(({ lanes }) => lanes === 0) && (
        <Empty icon="failures" title={<Trans>No worker is alive: runs wait until one is started.</Trans>} />
      )}
      {workers.length > 0 && (
        <ul className="lines workers">
          {workers.map((worker) => (
            <li key={worker.id}>
              <div>
                <p>
                  <b>{worker.host}</b> <span className="soft">pid {worker.pid}</span>
                </p>
                <p className="soft">
                  {name('ProcessRole', worker.roles)} · {worker.version} ·{' '}
                  <Trans>
                    since <Time at={worker.startedAt} />
                  </Trans>
                </p>
              </div>
              <Lanes worker={worker} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Lanes({ worker: { lanes, chunks } }: { readonly worker: Worker }): ReactElement {
  const { t } = useLingui();
  const { count } = useWords();
  return (
    <ul className="lanes" aria-label={t`Lanes`}>
      {Array.from({ length: Math.max(lanes, chunks.length) }, (_, at) => {
        const chunk = chunks[at];
        return (
          <li key={chunk === undefined ? at : chunk.runId + chunk.chunk} className={chunk === undefined ? 'lane' : 'lane busy'}>
            {chunk === undefined ? (
              <Trans>free</Trans>
            ) : (
              <Link to="/runs/$runId" params={{ runId: chunk.runId }}>
                {t`part ${count(chunk.chunk + 1)}`}
              </Link>
            )}
          </li>
        );
      })}
    </ul>
  );
}
