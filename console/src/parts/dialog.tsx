import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, type ReactElement, type ReactNode, useId } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { stir } from '../graphql/live.js';
import type { Refusal } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';
import { Icon } from './icons.js';
import '../style/screens.css';

/** A dialog over the page with a form in it: closed by Escape, by a click beside it, and by its cross. Focus stays in it and goes back after it. */
export function FormDialog(props: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly onClose: () => void;
  readonly onSubmit: () => void;
  readonly submit: string;
  readonly danger?: boolean;
  readonly busy: boolean;
  readonly disabled?: boolean;
  readonly refusal?: Refusal | undefined;
  readonly further?: ReactNode;
  readonly children?: ReactNode;
}): ReactElement {
  const { title, lead, onSubmit, submit, danger = false, busy, disabled = false, refusal, further, children } = props;
  const said = useId();
  const leave = (): void => {
    if (refusal !== undefined) stir('order'); // what the page shows may be why: another operator was here first
    props.onClose();
  };
  const send = (event: FormEvent): void => {
    event.preventDefault();
    // While an order is under way its button waits: one that were disabled would lose the focus, and a refusal would find the reader nowhere.
    if (!busy && !disabled) onSubmit();
  };
  return (
    <Overlay title={title} onClose={leave} describedBy={lead === undefined ? undefined : said}>
      <form onSubmit={send} noValidate ref={focusFirst}>
        <div className="dialog-body">
          {lead !== undefined && (
            <div className="dialog-lead" id={said}>
              {lead}
            </div>
          )}
          {children}
          {refusal !== undefined && <RefusalNotice refusal={refusal} />}
        </div>
        <footer className="dialog-foot">
          {further}
          <span className="spring" />
          <button type="button" className="button" onClick={leave}>
            <Trans>Leave it</Trans>
          </button>
          <button type="submit" className={danger ? 'button danger' : 'button primary'} disabled={disabled} aria-busy={busy}>
            {submit}
          </button>
        </footer>
      </form>
    </Overlay>
  );
}

/**
 * Gives the focus to the first field of a form, so that it can be typed at once; of a choice, to what is chosen. A phone would cover the half of it with its
 * keys: there the dialog has the focus, as where there is no field.
 */
function focusFirst(form: HTMLFormElement | null): void {
  if (form === null || matchMedia('(pointer: coarse)').matches) return;
  form.querySelector<HTMLElement>('.dialog-body :is(input:not([type="radio"]), input:checked, select, textarea):enabled')?.focus();
}

function Overlay({
  title,
  describedBy,
  onClose,
  children,
}: {
  readonly title: string;
  readonly describedBy: string | undefined;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactElement {
  const { t } = useLingui();
  return (
    <ModalOverlay className="overlay" isOpen isDismissable onOpenChange={(open) => !open && onClose()}>
      <Modal className="modal">
        <Dialog className="dialog" aria-describedby={describedBy}>
          <header className="dialog-head">
            <Heading slot="title">{title}</Heading>
            <button type="button" className="button quiet icon-only" aria-label={t`Close`} onClick={onClose}>
              <Icon name="cross" />
            </button>
          </header>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Brings what a button of a form came to into sight: a long form scrolls, and its end may lie below. */
export function intoSight(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}

/** Why an order was not carried out, in the reader’s language where the code is known. */
export function RefusalNotice({ refusal }: { readonly refusal: Refusal }): ReactElement {
  const { told } = useWords();
  return (
    <p className="notice bad" role="alert" ref={intoSight}>
      <Icon name="failures" size={18} />
      <span>
        {told(refusal)}{' '}
        {refusal.code === 'NETWORK' && <Trans>What you entered is kept. Press the button again when the service is back.</Trans>}
      </span>
    </p>
  );
}

/** A field for why, which stays in the log for good. */
export function ReasonField(props: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly required?: boolean;
  readonly label?: string;
  readonly most?: number;
}): ReactElement {
  const { t } = useLingui();
  const { value, onChange, required = false, label = t`Reason`, most = 200 } = props;
  const hint = useId();
  return (
    <label className="field">
      <span>
        {label} <em>{required ? <Trans>(required)</Trans> : <Trans>(optional)</Trans>}</em>
      </span>
      <input
        value={value}
        maxLength={most}
        required={required}
        aria-describedby={hint}
        onChange={(event) => onChange(event.target.value)}
      />
      <small id={hint}>
        <Trans>It is kept in the log for good. Write nothing about a patient.</Trans>
      </small>
    </label>
  );
}
