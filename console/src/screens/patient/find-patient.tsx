import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactElement, useState } from 'react';
import { type OperationResult, useClient } from 'urql';
import { graphql, type ResultOf } from '../../graphql/graphql.js';
import { refusalOf } from '../../graphql/use-order.js';
import { useWords } from '../../language/use-words.js';
import { isPatientNumber } from '../../parts/patient-number.js';
import { Icon } from '../../parts/icons.js';
import { Card, Page } from '../../parts/page.js';
import '../../style/screens.css';

/** A name goes in the body of a request and never into an address: the patient’s page stands under the number alone. */
const FIND = graphql(`
  query FindPatient($id: Int, $userName: String) {
    patient(id: $id, userName: $userName) {
      id
    }
  }
`);

/** Finds a patient by their number or user name. */
export function FindPatient(): ReactElement {
  const { t } = useLingui();
  return (
    <Page title={t`Patients`} lead={<Trans>Why did a patient get advice, or none, and what does it say?</Trans>}>
      <Card>
        <PatientSearch large />
      </Card>
    </Page>
  );
}

/** The field that leads to a patient. */
export function PatientSearch({ large = false }: { readonly large?: boolean }): ReactElement {
  const { t } = useLingui();
  const { words } = useWords();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | boolean>(false);
  const [busy, setBusy] = useState(false);
  const client = useClient();
  const ask = (variables: { id: number } | { userName: string }): Promise<OperationResult<ResultOf<typeof FIND>>> =>
    client.query(FIND, variables, { requestPolicy: 'network-only' }).toPromise();
  const find = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const sought = text.trim();
    if (sought === '' || busy) return;
    setBusy(true);
    // A name may be digits alone, such as a hospital’s number: it is looked for where no account has the number.
    const byNumber = isPatientNumber(sought) ? await ask({ id: Number(sought) }) : undefined;
    const isFound = byNumber !== undefined && (byNumber.error !== undefined || byNumber.data?.patient != null);
    const { data, error } = isFound ? byNumber : await ask({ userName: sought });
    setBusy(false);
    setProblem(error === undefined ? data?.patient == null : refusalOf(error).code);
    if (data?.patient == null) return;
    setText('');
    await navigate({ to: '/patients/$userId', params: { userId: String(data.patient.id) } });
  };
  return (
    <form className={large ? 'search large' : 'search'} role="search" onSubmit={(event) => void find(event)} noValidate>
      <label className="field">
        <span className={large ? '' : 'unseen'}>{t`Number or user name`}</span>
        <input
          value={text}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          placeholder={large ? t`such as 93` : t`Number or user name`}
          aria-invalid={problem !== false}
          onChange={(event) => setText(event.target.value)}
        />
        {problem === true && (
          <small className="wrong" role="alert">
            {t`No account has this number or user name. Check it in IBSafe.`}
          </small>
        )}
        {typeof problem === 'string' && (
          <small className="wrong" role="alert">
            {words('Problem', problem).name}
          </small>
        )}
      </label>
      <button type="submit" className="button primary" aria-busy={busy}>
        <Icon name="search" size={16} />
        <Trans>Find</Trans>
      </button>
    </form>
  );
}
