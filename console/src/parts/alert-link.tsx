import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

/** Leads to the page about an alert. @param path as the service gives it, and as the link of its messages has it */
export function AlertLink({ path }: { readonly path: string }): ReactElement {
  const [, place, id = '', hash] = /^\/console\/(runs|schedules|system)(?:\/([^/#]+))?(?:#([\w-]+))?$/.exec(path) ?? [];
  const words = <Trans>Look at it</Trans>;
  if (place === 'runs')
    return (
      <Link to="/runs/$runId" params={{ runId: id }} className="button">
        {words}
      </Link>
    );
  if (place === 'schedules')
    return (
      <Link to="/schedules/$id" params={{ id }} className="button">
        {words}
      </Link>
    );
  return (
    <Link to="/system" {...(hash !== undefined && { hash })} className="button">
      {words}
    </Link>
  );
}
