import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { graphql, type ResultOf } from '../../graphql/graphql.js';
import { useMe } from '../../graphql/role.js';
import { useLive } from '../../graphql/use-live.js';
import { useWords } from '../../language/use-words.js';
import { Actor } from '../../parts/actor.js';
import { Icon } from '../../parts/icons.js';
import { Answer, Card, Page } from '../../parts/page.js';
import { Time } from '../../parts/time.js';
import { useToday } from '../../parts/use-today.js';
import { Fact } from '../run/figures.js';
import { Audit } from './audit.js';
import { DeletedAccounts } from './deleted-accounts.js';
import { Doctor } from './doctor.js';
import { Keys } from './keys.js';
import { Recalls } from './recalls.js';
import { Retention } from './retention.js';
import { Rollouts } from './rollouts.js';
import { Sessions } from './sessions.js';
import { Log, Model, Store } from './tiles.js';
import { Workers } from './workers.js';
import '../../style/screens.css';

const SYSTEM = graphql(`
  query System($month: String!, $language: Language!) {
    systemStatus {
      version
      now
      activeRuns
      busyLanes
      queuedJobs
      modelProblem(language: $language)
      database {
        kind
        ok
        problem(language: $language)
      }
      jobStore {
        kind
        ok
        problem(language: $language)
      }
      log {
        events
        lagMs
        heldMs
        alarm
        problem(language: $language)
        listening
        followers
      }
      workers {
        id
        host
        pid
        roles
        lanes
        version
        startedAt
        seenAt
        chunks {
          runId
          chunk
          since
        }
      }
    }
    llmUsage(month: $month) {
      tokensIn
      tokensOut
      costUsd
      byGenerator {
        generator
        fallbackReason
        users
      }
    }
  }
`);
/** What the service stands on. */
export type SystemStatus = ResultOf<typeof SYSTEM>['systemStatus'];
/** What a language model took in a month. */
export type Usage = ResultOf<typeof SYSTEM>['llmUsage'];

/** What the service stands on: stores, log, workers, the model; and who is asking. Each part asks for itself: where one cannot be had, the others stand. */
export function System(): ReactElement {
  const { t } = useLingui();
  const { language } = useWords();
  const month = useToday().slice(0, 7);
  const answer = useLive(SYSTEM, { month, language: language === 'ko' ? 'KO' : 'EN' }, { runs: true, everyMs: 10_000 });
  const { data, error, refresh } = answer;
  return (
    <Page title={t`System`}>
      <div className="stack">
        {data === undefined ? (
          <Card title={<Trans>How things stand</Trans>}>
            <Answer of={answer} lines={8}>
              {() => null}
            </Answer>
          </Card>
        ) : (
          <div className="tiles">
            <Store title={t`Database`} {...data.systemStatus.database} />
            <Store title={t`Job store`} {...data.systemStatus.jobStore} />
            <Log log={data.systemStatus.log} />
            <Model problem={data.systemStatus.modelProblem} usage={data.llmUsage} error={error} again={refresh} />
          </div>
        )}
        <Doctor />
        {data !== undefined && <Workers status={data.systemStatus} />}
        <div className="columns">
          {data !== undefined && <About status={data.systemStatus} />}
          <Places />
        </div>
      </div>
      <Rollouts settled={data !== undefined || error !== undefined} />
      <Sessions />
      <Keys />
      <Recalls />
      <Retention />
      <DeletedAccounts />
      <Audit />
    </Page>
  );
}

function About({ status }: { readonly status: SystemStatus }): ReactElement {
  const { t } = useLingui();
  const { count, name } = useWords();
  const me = useMe();
  return (
    <Card title={<Trans>This service</Trans>}>
      <dl className="facts">
        <Fact name={t`Version`}>{status.version}</Fact>
        <Fact name={t`Its clock`}>
          <Time at={status.now} style="full" />
        </Fact>
        <Fact name={t`Runs going on`}>{count(status.activeRuns)}</Fact>
        <Fact name={t`Lanes at work`}>{count(status.busyLanes)}</Fact>
        <Fact name={t`Jobs waiting`}>{count(status.queuedJobs)}</Fact>
        {me !== undefined && (
          <Fact name={t`You are`}>
            <Actor actor={me.actor} /> · {name('Role', me.role)}
            {me.actor === 'local' && (
              <small className="soft block">
                <Trans>There is no sign-in: the service is open to all users of this machine.</Trans>
              </small>
            )}
          </Fact>
        )}
      </dl>
    </Card>
  );
}

/** Other pages of the service. They open beside the console. */
function Places(): ReactElement {
  const { t } = useLingui();
  const places = [
    ['/dashboard', t`Job dashboard`],
    ['/playground', t`GraphQL playground`],
    ['/readyz', t`Readiness`],
    ['/metrics', t`Figures for Prometheus`],
  ] as const;
  return (
    <Card title={<Trans>Other pages</Trans>}>
      <ul className="lines">
        {places.map(([href, name]) => (
          <li key={href}>
            <a href={href} target="_blank" rel="noreferrer noopener">
              {name} <Icon name="link" size={14} />
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
}
