import { highestRole, isRole, type Role } from '../role.js';

/** Which role goes with which value of a claim. */
export type RoleMap = ReadonlyMap<string, Role>;

/** Pairs with a comma between them are a mistake, and no value of that name. */
const HOLDS_A_PAIR = /=\s*(viewer|reviewer|operator|admin)\s*,/;

/**
 * Reads `value=role;value=role`. A value may hold `=` and `,`, as the names of groups in a directory do (`cn=night,ou=groups`): what stands behind the
 * last `=` is the role. @returns undefined for a text of another form
 */
export function parseRoleMap(text: string): RoleMap | undefined {
  const pairs = text.split(';').flatMap((part) => {
    const at = part.lastIndexOf('=');
    return part.trim() === '' ? [] : [[part.slice(0, Math.max(0, at)).trim(), part.slice(at + 1).trim()] as const];
  });
  const map = new Map<string, Role>();
  for (const [value, role] of pairs) {
    if (value === '' || !isRole(role) || map.has(value) || HOLDS_A_PAIR.test(value)) return undefined;
    map.set(value, role);
  }
  return map.size === 0 ? undefined : map;
}

/** What a claim holds: by its whole name, else by a path of names with dots between them (`realm_access.roles`). Undefined where it is not there. */
export function claimOf(claims: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name.split('.').reduce<unknown>((within, part) => {
    return typeof within === 'object' && within !== null && Object.hasOwn(within, part)
      ? (within as Record<string, unknown>)[part]
      : undefined;
  }, claims);
}

/** The highest role that the values of a claim give; undefined where they give none. A claim holds one text or a list of texts. */
export function roleOf(claim: unknown, roles: RoleMap): Role | undefined {
  const values: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  return highestRole(values.flatMap((value) => (typeof value === 'string' ? (roles.get(value) ?? []) : [])));
}
