import { useEffect, useState } from 'react';
import { knownSession, type SessionState } from './session.js';

/** What the service says of this browser's session; undefined until it has, and while it does not answer. */
export function useKnownSession(): SessionState | undefined {
  const [state, setState] = useState<SessionState>();
  useEffect(() => {
    knownSession().then(setState, () => undefined);
  }, []);
  return state;
}
