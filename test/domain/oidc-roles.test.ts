import { describe, expect, it } from '@jest/globals';
import { claimOf, parseRoleMap, roleOf } from '../../src/identity/oidc/oidc-roles.js';
import { flowOfSecret, newFlow } from '../../src/identity/oidc/oidc-provider.js';

describe('Roles of a claim', () => {
  const roles = parseRoleMap('ibsafe-admins=admin; cn=night,ou=groups=operator ;staff=viewer;') ?? new Map();

  it('are read with names that hold signs of their own', () => {
    expect([...roles]).toEqual([
      ['ibsafe-admins', 'admin'],
      ['cn=night,ou=groups', 'operator'],
      ['staff', 'viewer'],
    ]);
  });

  it.each(['', ';', 'admin', '=admin', 'a=', 'a=root', 'a=Admin', 'a=admin;a=viewer', 'a=admin,b=viewer'])('are none in %j', (text) => {
    expect(parseRoleMap(text)).toBeUndefined();
  });

  it('are the highest of several, of one text or a list, letter for letter', () => {
    expect(roleOf(['staff', 'ibsafe-admins', 'cn=night,ou=groups'], roles)).toBe('admin');
    expect(roleOf(['other', 'staff'], roles)).toBe('viewer');
    expect(roleOf('cn=night,ou=groups', roles)).toBe('operator');
    for (const nothing of [
      undefined,
      null,
      [],
      '',
      'Staff',
      'staff ',
      'staff,ibsafe-admins',
      ['constructor', '__proto__'],
      { staff: true },
      [['staff']],
      1,
      true,
    ])
      expect(roleOf(nothing, roles)).toBeUndefined();
  });

  it('are found by the whole name of a claim, else by a path into it', () => {
    const claims = {
      groups: ['a'],
      realm_access: { roles: ['b'] },
      'https://ibsafe.example/roles': ['c'],
      'x.y': 'whole',
      x: { y: 'path' },
    };
    expect(claimOf(claims, 'groups')).toEqual(['a']);
    expect(claimOf(claims, 'realm_access.roles')).toEqual(['b']);
    expect(claimOf(claims, 'https://ibsafe.example/roles')).toEqual(['c']);
    expect(claimOf(claims, 'x.y')).toBe('whole');
    for (const missing of ['none', 'groups.none', 'realm_access.none.deeper', 'constructor', '__proto__.x', ''])
      expect(claimOf(claims, missing)).toBeUndefined();
  });
});

describe('The way to a provider and back', () => {
  it('is known again by its cookie alone, and each of its words tells none of the others', () => {
    const flow = newFlow();
    expect(flowOfSecret(flow.secret)).toEqual(flow);
    expect(new Set(Object.values(flow)).size).toBe(4);
    expect(newFlow().state).not.toBe(flow.state);
    for (const text of ['', flow.state.slice(1), `${flow.secret}A`, 'ä'.repeat(43)]) expect(flowOfSecret(text)).toBeUndefined();
  });
});
