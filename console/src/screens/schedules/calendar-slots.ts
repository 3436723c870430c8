import { useEffect, useState } from 'react';
import { type CombinedError, useClient } from 'urql';
import { graphql, type ResultOf } from '../../graphql/graphql.js';

/** The times of all schedules in a span. */
export const SLOTS = graphql(`
  query Calendar($from: DateTime!, $to: DateTime!, $after: String) {
    slots(from: $from, to: $to, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      slots {
        scheduledFor
        through
        count
        state
        reason
        schedule {
          id
          name
          program
          timeZone
        }
        run {
          id
          status
        }
        madeUpBy {
          id
          status
          requestedAt
        }
      }
    }
  }
`);
/** A time of a schedule in the calendar. */
export type CalendarSlot = ResultOf<typeof SLOTS>['slots']['slots'][number];

/** Times of the later pages, as far as they have come. */
interface Later {
  readonly slots: readonly CalendarSlot[];
  readonly isWhole: boolean;
  readonly error?: CombinedError | undefined;
}
const NONE: Later = { slots: [], isWhole: false };

/** From when to when. */
interface CalendarSpan {
  readonly from: string;
  readonly to: string;
}

/** What is asked for after a page; null where it was the last. */
function following(page: ResultOf<typeof SLOTS>['slots'] | undefined): string | null {
  return page?.pageInfo.hasNextPage === true ? page.pageInfo.endCursor : null;
}

/** The times that the first page of a span leaves out: asked for page by page, again whenever the first one changes. */
export function useLater(first: ResultOf<typeof SLOTS>['slots'] | undefined, { from, to }: CalendarSpan): Later {
  const client = useClient();
  const [later, setLater] = useState(NONE);
  useEffect(() => {
    const leaving = new AbortController();
    const ask = async (): Promise<void> => {
      const found: CalendarSlot[] = [];
      for (let after = following(first); after !== null && !leaving.signal.aborted;) {
        const { data, error }: { data?: ResultOf<typeof SLOTS> | undefined; error?: CombinedError | undefined } = await client
          .query(SLOTS, { from, to, after }, { requestPolicy: 'network-only' })
          .toPromise();
        if (error !== undefined && !leaving.signal.aborted) setLater({ slots: found, isWhole: false, error });
        if (error !== undefined) return;
        found.push(...(data?.slots.slots ?? []));
        after = following(data?.slots);
      }
      if (!leaving.signal.aborted) setLater({ slots: found, isWhole: true });
    };
    void ask();
    return () => leaving.abort();
  }, [client, first, from, to]);
  return later;
}
