import type { AuthChecker } from 'type-graphql';
import type { Caller } from '../identity/caller.js';
import { includesRole, type Role } from '../identity/role.js';
import { refusal } from './bad-input.js';
import type { Context } from './context.js';

/** Lets a caller have a field if their role includes the one in `@Authorized`. A field that asks for authorization and names no role is the admins'. */
export const authorize: AuthChecker<Context, Role> = ({ context, info }, [needed = 'admin', ...others]) => {
  if (others.some((other) => includesRole(context.role, other))) return true;
  requireRole(context, needed, `\`${info.fieldName}\``);
  return true;
};

/**
 * Refuses a caller whose role does not include another: for what only some values of an argument need. @param what as the message names it
 * @throws FORBIDDEN
 */
export function requireRole({ role }: Pick<Caller, 'role'>, needed: Role, what: string): void {
  if (includesRole(role, needed)) return;
  throw refusal(`${what} needs the role ${needed}; you have the role ${role}. Ask an admin for a token or key with it.`, {
    code: 'FORBIDDEN',
    needed,
  });
}
