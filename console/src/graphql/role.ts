import { useQuery } from 'urql';
import { graphql } from './graphql.js';

const ME = graphql(`
  query Me {
    me {
      actor
      role
    }
  }
`);

/** A reviewer stands beside the others: no button of theirs is for one. */
const ROLES = ['VIEWER', 'REVIEWER', 'OPERATOR', 'ADMIN'] as const;

/** Who asks, as the log names them, and what they may do. Undefined until the service has said. */
export function useMe(): { readonly actor: string; readonly role: (typeof ROLES)[number] } | undefined {
  const [{ data }] = useQuery({ query: ME, requestPolicy: 'cache-first' });
  return data?.me;
}

/** Whether the caller may do what needs a role. The service refuses all the same: this only keeps buttons from those for whom they would not work. */
export function useMay(role: 'operator' | 'admin'): boolean {
  const me = useMe();
  return me !== undefined && ROLES.indexOf(me.role) >= ROLES.indexOf(role === 'admin' ? 'ADMIN' : 'OPERATOR');
}
