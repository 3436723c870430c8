import { plural } from '@lingui/core/macro';
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
import { DoctorPlace } from './doctor-place.js';

const DOCTOR = graphql(`
  query Doctor {
    doctor {
      at
      level
      findings {
        code
        level
        message: message(language: EN)
        messageKo: message(language: KO)
        advice: advice(language: EN)
        adviceKo: advice(language: KO)
      }
    }
  }
`);
type Report = ResultOf<typeof DOCTOR>['doctor'];

const TONES = { OK: 'good', WARNING: 'warn', PROBLEM: 'bad' } as const;

/** Looks at everything a run needs, when it is asked to: it tries a run and takes some seconds. Not for viewers: the service would refuse it. */
export function Doctor(): ReactElement | null {
  const may = useMay('operator');
  const client = useClient();
  const [state, setState] = useState<'asked' | Report | CombinedError>();
  if (!may) return null;
  const ask = async (): Promise<void> => {
    if (state === 'asked') return;
    setState('asked');
    const { data, error } = await client.query(DOCTOR, {}, { requestPolicy: 'network-only' }).toPromise();
    setState(data?.doctor ?? error);
  };
  return (
    <Card
      title={<Trans>Doctor</Trans>}
      aside={
        <button type="button" className="button" aria-busy={state === 'asked'} onClick={() => void ask()}>
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
  const { name } = useWords();
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
        <summary>{t`${plural(well.length, { one: '# thing is well', other: '# things are well' })}`}</summary>
        <ul className="lines doctor">
          {well.map((finding) => (
            <FindingLine key={finding.code} finding={finding} />
          ))}
        </ul>
      </details>
    </>
  );
}

function FindingLine({ finding }: { readonly finding: Report['findings'][number] }): ReactElement {
  const { code, level, message, messageKo, advice, adviceKo } = finding;
  const { language, name } = useWords();
  const told = language === 'ko' ? adviceKo : advice;
  return (
    <li>
      <StateTag tone={TONES[level]}>{name('FindingLevel', level)}</StateTag>
      <div>
        <p>
          <b>{name('DoctorCheck', code)}</b>: {language === 'ko' ? messageKo : message}
        </p>
        {told !== null && <p className="soft">{told}</p>}
        {level !== 'OK' && <DoctorPlace code={code} />}
      </div>
    </li>
  );
}
