import type { ReactElement, ReactNode } from 'react';
import { Icon, type IconName } from '../../parts/icons.js';

/** The frame of a finding: its colour and icon, what happened, what it means, and the buttons that help. */
export function Row(props: {
  readonly tone: string;
  readonly icon: IconName;
  readonly title: ReactNode;
  readonly action?: ReactNode;
  readonly children?: ReactNode;
}): ReactElement {
  const { tone, icon, title, action, children } = props;
  return (
    <li className={`finding ${tone}`}>
      <span className="finding-icon">
        <Icon name={icon} size={18} />
      </span>
      <div className="finding-words">
        <p className="finding-title">{title}</p>
        {children !== undefined && <p className="soft">{children}</p>}
      </div>
      {action !== undefined && <div className="actions">{action}</div>}
    </li>
  );
}
