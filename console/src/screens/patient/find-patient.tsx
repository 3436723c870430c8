import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactElement, useState } from 'react';
import { Icon } from '../../parts/icons.js';
import { Card, Page } from '../../parts/page.js';

/** Finds a patient by their number. */
export function FindPatient(): ReactElement {
  const { t } = useLingui();
  return (
    <Page title={t`Patients`} lead={<Trans>Why did somebody get advice, or none, and what does it say?</Trans>}>
      <Card>
        <PatientSearch large />
      </Card>
    </Page>
  );
}

/** The field that leads to a patient. */
export function PatientSearch({ large = false }: { readonly large?: boolean }): ReactElement {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const find = (event: FormEvent): void => {
    event.preventDefault();
    const id = text.trim();
    const isNumber = /^[1-9]\d{0,8}$/.test(id);
    setWrong(!isNumber);
    if (isNumber) void navigate({ to: '/patients/$userId', params: { userId: id } }).then(() => setText(''));
  };
  return (
    <form className={large ? 'search large' : 'search'} role="search" onSubmit={find} noValidate>
      <label className="field">
        <span className={large ? '' : 'unseen'}>{t`Patient number`}</span>
        <input value={text} inputMode="numeric" autoComplete="off" placeholder={t`such as 93`} aria-invalid={wrong} onChange={(event) => setText(event.target.value)} />
        {wrong && <small className="wrong">{t`A patient’s number is a whole number, as IBSafe shows it.`}</small>}
      </label>
      <button type="submit" className="button primary">
        <Icon name="search" size={16} />
        <Trans>Find</Trans>
      </button>
    </form>
  );
}
