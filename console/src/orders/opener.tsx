import { type ReactElement, type ReactNode, Suspense, useState } from 'react';
import { useMay } from '../graphql/role.js';
import { Icon, type IconName } from '../parts/icons.js';

/** A button that opens a dialog. The dialog is fetched when it is first wanted. Not there where the service would refuse what it orders. */
export function Opener(props: {
  readonly icon?: IconName;
  readonly look?: 'primary' | 'danger' | 'plain';
  readonly label?: string;
  readonly role?: 'viewer' | 'operator' | 'admin' | 'reviewer';
  /** Whether there is anything to order. A dialog that is open stays where that ends, and says so itself. */
  readonly offered?: boolean;
  readonly children: ReactNode;
  readonly dialog: (close: () => void) => ReactNode;
}): ReactElement | null {
  const { icon, look = 'plain', label, role = 'operator', offered = true, children, dialog } = props;
  const [open, setOpen] = useState(false);
  const may = useMay(role);
  if (!may) return null;
  return (
    <>
      {offered && (
        <button
          type="button"
          className={look === 'plain' ? 'button' : `button ${look}`}
          aria-label={label}
          aria-haspopup="dialog"
          onClick={() => setOpen(true)}
        >
          {icon !== undefined && <Icon name={icon} size={16} />}
          {children}
        </button>
      )}
      {open && <Suspense fallback={null}>{dialog(() => setOpen(false))}</Suspense>}
    </>
  );
}
