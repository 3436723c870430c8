import type { ReactElement, ReactNode } from 'react';
import type { AnyVariables, DocumentInput } from 'urql';
import { useMay } from '../graphql/role.js';
import { stir } from '../graphql/live.js';
import { useOrder } from '../graphql/use-order.js';
import { useWords } from '../language/use-words.js';
import { Icon, type IconName } from '../parts/icons.js';

/** A button that gives an order which needs no further words. Why it was refused stands beside it. Not there where the service would refuse. */
export function OrderButton<
  Data extends Record<string, { readonly __typename?: string | undefined }>,
  Variables extends AnyVariables,
>(props: {
  readonly mutation: DocumentInput<Data, Variables>;
  readonly variables: Variables;
  readonly icon: IconName;
  readonly primary?: boolean;
  readonly label?: string;
  readonly children: ReactNode;
}): ReactElement | null {
  const { mutation, variables, icon, primary = false, label, children } = props;
  const { told } = useWords();
  const may = useMay('operator');
  const { busy, refusal, give } = useOrder<Data, Variables>(mutation);
  if (!may) return null;
  return (
    <>
      <button
        type="button"
        className={primary ? 'button primary' : 'button'}
        aria-busy={busy}
        aria-label={label}
        onClick={() => !busy && void give(variables)} // disabled while it works it would lose the focus
        // What the page shows may be why. Asked at once, the refusal would go with this button before it was read.
        onBlur={() => refusal !== undefined && stir('order')}
      >
        <Icon name={icon} size={16} />
        {children}
      </button>
      {refusal !== undefined && (
        <span className="refusal" role="alert">
          {told(refusal)}
        </span>
      )}
    </>
  );
}
