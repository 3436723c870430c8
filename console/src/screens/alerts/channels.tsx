import { Trans } from '@lingui/react/macro';
import { type ReactElement, useState } from 'react';
import { graphql, type ResultOf } from '../../graphql/graphql.js';
import { useMay } from '../../graphql/role.js';
import { useOrder } from '../../graphql/use-order.js';
import { useWords } from '../../language/use-words.js';
import { RefusalNotice } from '../../parts/dialog.js';
import { Icon } from '../../parts/icons.js';
import { Card } from '../../parts/page.js';
import { StateTag } from '../../parts/state.js';
import type { ChannelName } from './alert-query.js';

const TEST = graphql(`
  mutation TestAlerts {
    testAlerts {
      __typename
      trials {
        channel
        ok
        code
      }
    }
  }
`);
type Trials = ResultOf<typeof TEST>['testAlerts']['trials'];

/** Where alerts go: the channels, and a test message through each with what came back. */
export function Channels({ channels }: { readonly channels: readonly ChannelName[] }): ReactElement {
  const { name } = useWords();
  const may = useMay('operator');
  const [trials, setTrials] = useState<Trials>();
  const { busy, refusal, give } = useOrder(TEST);
  const send = async (): Promise<void> => {
    if (!busy) setTrials((await give({}))?.trials); // a button that is disabled meanwhile loses the focus
  };
  return (
    <Card
      title={<Trans>Channels</Trans>}
      aside={
        may &&
        channels.length > 0 && (
          <button type="button" className="button" aria-busy={busy} onClick={() => void send()}>
            <Icon name="link" size={16} />
            <Trans>Send a test message</Trans>
          </button>
        )
      }
    >
      {channels.length === 0 ? (
        <p className="warned">
          <Trans>
            No channel is configured: alerts are recorded here, and no one is told. Set ALERT_WEBHOOK_URL or ALERT_SMTP_URL on the service.
          </Trans>
        </p>
      ) : (
        <p>{channels.map((each) => name('AlertChannel', each)).join(' · ')}</p>
      )}
      <div aria-live="polite">
        {trials?.map(({ channel, ok, code }) => (
          <p key={channel}>
            <StateTag tone={ok ? 'good' : 'bad'}>{ok ? <Trans>arrived</Trans> : <Trans>did not arrive</Trans>}</StateTag>{' '}
            {name('AlertChannel', channel)} <span className="mono soft">{code}</span>
          </p>
        ))}
        {refusal !== undefined && <RefusalNotice refusal={refusal} />}
      </div>
    </Card>
  );
}
