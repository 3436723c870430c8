import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { introspection } from '../../graphql/schema-types.d.ts';
import { graphql, type ResultOf } from '../../graphql/graphql.js';
import { useLive } from '../../graphql/use-live.js';
import { useWords } from '../../language/use-words.js';
import { ActorField } from '../../parts/actor-field.js';
import { actorsNamed } from '../../parts/actor-name.js';
import { Select } from '../../parts/choice.js';
import { Answer, Card, Empty } from '../../parts/page.js';
import { EventWords } from '../../parts/event-words.js';
import { Pager } from '../../parts/pager.js';
import { Time } from '../../parts/time.js';
import { NEWEST, type Pages, useKept } from '../../parts/use-pages.js';

const AUDIT = graphql(`
  query Audit($filter: EventFilterInput, $after: String) {
    events(first: 25, filter: $filter, after: $after) {
      nodes {
        cursor
        type
        stream
        runId
        data
        about {
          subject
          nameKo
          nameEn
        }
        actor
        recordedAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
type AuditEvent = ResultOf<typeof AUDIT>['events']['nodes'][number];

/** All that the log holds events of, beside the parts of one run. A kind that the schema gains and this list lacks does not compile. */
const KINDS = Object.keys({
  RUN: true,
  SCHEDULE: true,
  BACKFILL: true,
  RECALL: true,
  ROLLOUT: true,
  REVIEW: true,
  RETENTION: true,
  ERASURE: true,
} satisfies Record<Kind, true>) as Kind[];
type Kind = Exclude<introspection['types']['StreamKind']['enumValues'], 'CHUNK'>;

/** What of the log is shown. */
interface Shown {
  readonly kind: '' | Kind;
  readonly actor: string;
  readonly pages: Pages;
}
const ALL: Shown = { kind: '', actor: '', pages: NEWEST };

/** Events of the whole log with their actors, newest first. */
export function Audit(): ReactElement {
  const { t } = useLingui();
  const { name } = useWords();
  const [shown, keep] = useKept('audit', ALL);
  const { kind, actor, pages } = shown;
  const after = pages.at(-1);
  const filter = { ...(kind !== '' && { kinds: [kind] }), ...(actor.trim() !== '' && { actors: [...actorsNamed(actor)] }) };
  const answer = useLive(AUDIT, { filter, ...(after !== undefined && { after }) }, { runs: true });
  const narrow = (change: Partial<Shown>): void => keep({ ...shown, ...change, pages: NEWEST });
  return (
    <Card title={<Trans>Who did what</Trans>}>
      <div className="filters">
        <Select
          label={t`Kind`}
          value={kind}
          onChange={(value) => narrow({ kind: value })}
          options={[{ value: '', name: t`All` }, ...KINDS.map((value) => ({ value, name: name('StreamKind', value) }))]}
        />
        <ActorField text={actor} onType={(typed) => narrow({ actor: typed })} />
      </div>
      <Answer of={answer}>
        {({ events: { nodes, pageInfo } }) =>
          nodes.length === 0 ? (
            <Empty title={<Trans>Nothing fits these filters.</Trans>} />
          ) : (
            <>
              <ol className="events">
                {nodes.map((event) => (
                  <li key={event.cursor}>
                    <Time at={event.recordedAt} style="full" />
                    <div className="audit-line">
                      <EventWords event={event} />
                      <Subject event={event} />
                    </div>
                  </li>
                ))}
              </ol>
              <Pager pages={pages} pageInfo={pageInfo} onPages={(next) => keep({ ...shown, pages: next })} />
            </>
          )
        }
      </Answer>
    </Card>
  );
}

/** What an event is about, where it has a page. */
function Subject({ event: { stream, data, runId: own } }: { readonly event: AuditEvent }): ReactElement | null {
  const marked = (data as { readonly row?: { readonly runId?: unknown } } | null)?.row?.runId;
  const runId = own ?? (typeof marked === 'string' ? marked : null);
  if (runId !== null && (own === null || stream.startsWith('run-')))
    return (
      <Link to="/runs/$runId" params={{ runId }}>
        <Trans>To the run</Trans>
      </Link>
    );
  const [, kind, id] = /^(schedule|backfill)-(.+)$/.exec(stream) ?? [];
  if (id === undefined) return null;
  return kind === 'schedule' ? (
    <Link to="/schedules/$id" params={{ id }}>
      <Trans>To the schedule</Trans>
    </Link>
  ) : (
    <Link to="/backfills/$id" params={{ id }}>
      <Trans>To the backfill</Trans>
    </Link>
  );
}
