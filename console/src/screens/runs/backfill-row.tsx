import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { graphql, type ResultOf } from '../../graphql/graphql.js';
import { useWords } from '../../language/use-words.js';
import { Actor } from '../../parts/actor.js';
import { Day, Time } from '../../parts/time.js';
import { BackfillState } from '../backfills/backfill-state.js';

/** A backfill, as the feed of runs shows it. */
export const BACKFILL_IN_FEED = graphql(`
  fragment BackfillInFeed on Backfill {
    id
    program
    from
    to
    status
    actor
    reason
    requestedAt
  }
`);
export type BackfillInFeed = ResultOf<typeof BACKFILL_IN_FEED>;

/** A backfill among the runs that it asked for. It is not chosen with them: its own page cancels it. */
export function BackfillRow({ backfill, hasBox }: { readonly backfill: BackfillInFeed; readonly hasBox: boolean }): ReactElement {
  const { name } = useWords();
  const { id, program, from, to, status, actor, reason, requestedAt } = backfill;
  return (
    <tr className="feed-backfill">
      {hasBox && <td className="check" />}
      <td className="main-cell">
        <Link to="/backfills/$id" params={{ id }}>
          {name('ProgramName', program)} · <Day date={from} weekday={false} /> – <Day date={to} weekday={false} />
        </Link>
      </td>
      <td>
        <BackfillState status={status} />
      </td>
      <td className="soft">{reason === null ? '' : `“${reason}”`}</td>
      <td>
        <Trans>Backfill</Trans>
        <small className="soft block">
          <Actor actor={actor} />
        </small>
      </td>
      <td>
        <Time at={requestedAt} />
      </td>
    </tr>
  );
}
