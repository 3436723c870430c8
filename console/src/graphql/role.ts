import { useEffect } from 'react';
import { useQuery } from 'urql';
import { noteIn } from './access.js';
import { graphql } from './graphql.js';
import { onStir } from './live.js';

const ME = graphql(`
  query Me {
    me {
      actor
      role
    }
  }
`);

const ROLES = ['VIEWER', 'REVIEWER', 'OPERATOR', 'ADMIN'] as const;
export type Role = (typeof ROLES)[number];

/** What each role may do, as the service has it: a reviewer stands beside the others. */
const INCLUDED: Readonly<Record<Role, readonly Role[]>> = {
  VIEWER: ['VIEWER'],
  REVIEWER: ['REVIEWER'],
  OPERATOR: ['VIEWER', 'OPERATOR'],
  ADMIN: ROLES,
};

/** Whether a role may do what needs another. */
export function includesRole(held: Role, needed: Role): boolean {
  return INCLUDED[held].includes(needed);
}

/** The caller, as the log names it, and its role. Undefined until the service has said. */
export function useMe(): { readonly actor: string; readonly role: Role } | undefined {
  const [{ data }] = useQuery({ query: ME, requestPolicy: 'cache-first' });
  return data?.me;
}

/** The caller's role: `undefined` until the service has said, `null` where it cannot be had. It is asked for again once the service is back. */
export function useRole(): Role | undefined | null {
  const [{ data, error }, execute] = useQuery({ query: ME, requestPolicy: 'cache-first' });
  const role = data?.me.role;
  useEffect(() => {
    if (role !== undefined) noteIn();
    return role === undefined ? onStir(() => execute({ requestPolicy: 'network-only' })) : undefined;
  }, [role, execute]);
  const isAway = error !== undefined && !error.graphQLErrors.some(({ extensions }) => extensions['code'] === 'UNAUTHENTICATED');
  return role ?? (isAway ? null : undefined);
}

/** Whether the caller may do what needs a role. The service refuses all the same: this only hides buttons that would not work. */
export function useMay(role: 'viewer' | 'operator' | 'admin' | 'reviewer'): boolean {
  const me = useMe();
  return me !== undefined && includesRole(me.role, role.toUpperCase() as Role);
}
