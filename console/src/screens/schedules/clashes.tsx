import { Trans } from '@lingui/react/macro';
import { type ReactElement, useCallback } from 'react';
import { useClient } from 'urql';
import { graphql, type ResultOf } from '../../graphql/graphql.js';
import { useLive } from '../../graphql/use-live.js';
import { type Further, useRest } from '../../graphql/use-rest.js';
import { Icon } from '../../parts/icons.js';
import { Failed } from '../../parts/page.js';
import { Time } from '../../parts/time.js';
import { BEAT_MS } from './schedule-query.js';

/** The next times of all schedules, whichever of them the page shows. Those of a paused one are none. */
const AHEAD = graphql(`
  query SchedulesAhead($after: String) {
    schedules(first: 100, after: $after) {
      nodes {
        id
        name
        program
        nextSlots(count: 3) {
          at
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
type Ahead = ResultOf<typeof AHEAD>['schedules']['nodes'][number];

/** Warns where two of all schedules run the same program at the same time. */
export function Clashes(): ReactElement | null {
  const client = useClient();
  const { data, error, refresh } = useLive(AHEAD, {}, { everyMs: BEAT_MS });
  const ask = useCallback(
    async (after: string): Promise<Further<Ahead>> => {
      const { data: found, error: problem } = await client.query(AHEAD, { after }, { requestPolicy: 'network-only' }).toPromise();
      return { page: found?.schedules, error: problem };
    },
    [client],
  );
  const rest = useRest(data?.schedules, ask);
  const failed = error ?? rest.error;
  const clash = clashOf([...(data?.schedules.nodes ?? []), ...rest.nodes]);
  if (clash === undefined) return failed === undefined ? null : <Failed error={failed} again={refresh} />;
  return (
    <p className="notice warn">
      <Icon name="failures" size={18} />
      <span>
        <Trans>
          “{clash.one.name}” and “{clash.other.name}” run the same program at the same time (<Time at={clash.at} />
          ). The second one is refused or finds all patients advised: change or pause one of them.
        </Trans>
      </span>
    </p>
  );
}

/** The first two schedules that share a program and one of their next times. */
function clashOf(schedules: readonly Ahead[]): { readonly one: Ahead; readonly other: Ahead; readonly at: string } | undefined {
  const met = new Map<string, Ahead>();
  for (const other of schedules)
    for (const { at } of other.nextSlots) {
      const one = met.get(`${other.program} ${at}`);
      if (one !== undefined && one.id !== other.id) return { one, other, at };
      met.set(`${other.program} ${at}`, other);
    }
  return undefined;
}
