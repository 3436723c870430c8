import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactElement, useState } from 'react';
import { type CombinedError, useClient } from 'urql';
import { graphql, type ResultOf } from '../../graphql/graphql.js';
import { useMay } from '../../graphql/role.js';
import { useWords } from '../../language/use-words.js';
import { Icon } from '../../parts/icons.js';
import { Card, Failed, Loading } from '../../parts/page.js';
import { StateTag } from '../../parts/state.js';
import { Time } from '../../parts/time.js';

const DOCTOR = graphql(`
  query Doctor {
    doctor {
      at
      level
      findings {
        code
        level
        message
        advice
      }
    }
  }
`);
type Report = ResultOf<typeof DOCTOR>['doctor'];

const TONES = { OK: 'good', WARNING: 'warn', PROBLEM: 'bad' } as const;

/** Looks at everything a run needs, when it is asked to: it tries a run and takes some seconds. Not for viewers, for whom the service would refuse it. */
export function Doctor(): ReactElement | null {
  const may = useMay('operator');
  const client = useClient();
  const [state, setState] = useState<'asked' | Report | CombinedError>();
  if (!may) return null;
  const ask = async (): Promise<void> => {
    setState('asked');
    const { data, error } = await client.query(DOCTOR, {}, { requestPolicy: 'network-only' }).toPromise();
    setState(data?.doctor ?? error);
  };
  return (
    <Card
      title={<Trans>Doctor</Trans>}
      aside={
        <button type="button" className="button" disabled={state === 'asked'} onClick={() => void ask()}>
          <Icon name="retry" size={16} />
          <Trans>Look at everything now</Trans>
        </button>
      }
    >
      <div aria-live="polite">
        {state === undefined && (
          <p className="soft">
            <Trans>
              It goes through all that a run needs (rights, tables, clock, jobs, schedules, model), tries one and takes it back. It takes
              some seconds.
            </Trans>
          </p>
        )}
        {state === 'asked' && <Loading />}
        {typeof state === 'object' &&
          ('findings' in state ? <Findings report={state} /> : <Failed error={state} again={() => void ask()} />)}
      </div>
    </Card>
  );
}

function Findings({ report: { at, level, findings } }: { readonly report: Report }): ReactElement {
  const { t } = useLingui();
  const { count, name } = useWords();
  const amiss = findings.filter((finding) => finding.level !== 'OK');
  const well = findings.filter((finding) => finding.level === 'OK');
  return (
    <>
      <p className="doctor-level">
        <StateTag tone={TONES[level]}>{name('FindingLevel', level)}</StateTag> <Time at={at} style="full" />
      </p>
      <ul className="lines doctor">
        {amiss.map((finding) => (
          <FindingLine key={finding.code} finding={finding} />
        ))}
      </ul>
      <details className="chart-table">
        <summary>{t`${count(well.length)} things are well`}</summary>
        <ul className="lines doctor">
          {well.map((finding) => (
            <FindingLine key={finding.code} finding={finding} />
          ))}
        </ul>
      </details>
    </>
  );
}

function FindingLine({ finding: { code, level, message, advice } }: { readonly finding: Report['findings'][number] }): ReactElement {
  const { language, name, words } = useWords();
  const said = words('DoctorCheck', code);
  return (
    <li>
      <StateTag tone={TONES[level]}>{name('FindingLevel', level)}</StateTag>
      <div>
        <p>
          <b>{said.name}</b>
          {language === 'en' && <>: {message}</>}
        </p>
        {language !== 'en' && advice !== null && <p>{said.todo}</p>}
        {language !== 'en' && (
          <p className="soft" lang="en">
            {message}
          </p>
        )}
        {advice !== null && (
          <p className="soft" lang="en">
            {advice}
          </p>
        )}
      </div>
    </li>
  );
}
