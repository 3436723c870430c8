import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { returnPath } from '../../src/server/session/oidc-routes.js';

describe('The page to open after signing in', () => {
  it.each([
    ['/console', '/console'],
    ['/console/runs?status=FAILED&after=x', '/console/runs?status=FAILED&after=x'],
    ['/dashboard/', '/dashboard/'],
    ['/playground?query=%7Bme%7D', '/playground?query=%7Bme%7D'],
    ['/console/../dashboard/', '/dashboard/'],
    ['/console/./runs#part', '/console/runs'],
    ['console/runs', '/console/runs'],
  ])('is the one that was asked for, of ours: %s', (asked, expected) => {
    expect(returnPath(asked)).toBe(expected);
  });

  it.each([
    undefined,
    null,
    '',
    '/',
    'https://elsewhere.example/console',
    '//elsewhere.example/console',
    '/\\elsewhere.example/console',
    '\\\\elsewhere.example/console',
    '/\t/elsewhere.example/console',
    'http:elsewhere.example',
    'http:////elsewhere.example/console',
    'javascript:alert(1)',
    'data:text/html,x',
    '/console@elsewhere.example',
    '/consolex',
    '/console.elsewhere.example',
    '/console/../graphql?query={me{actor}}',
    '/console/..//elsewhere.example',
    '/session/oidc/return?code=1',
    '/%2e%2e//elsewhere.example',
    `/console/${'x'.repeat(2_000)}`,
  ])('is the console for anything else: %s', (asked) => {
    expect(returnPath(asked)).toBe('/console');
  });

  it('is short enough for a cookie as it is written in an address, where a letter of Korean is nine characters', () => {
    expect(returnPath(`/console/runs?name=${'가'.repeat(100)}`)).toBe(`/console/runs?name=${'%EA%B0%80'.repeat(100)}`);
    expect(returnPath(`/console/runs?name=${'가'.repeat(120)}`)).toBe('/console');
    expect(returnPath(`/console/${'é'.repeat(300)}`)).toBe('/console');
    expect(returnPath(`/console/${'"'.repeat(900)}`)).toBe('/console');
  });

  it('leads to this host whatever is asked for', () => {
    const hostile = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc
        .array(fc.constantFrom('/', '\\', '//', 'console', '.', '..', '%2f', '@', ':', 'elsewhere.example', '\t', '\n', '?', '#'), {
          maxLength: 12,
        })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(hostile, (asked) => {
        const path = returnPath(asked);
        expect(path).toMatch(/^\/(console|dashboard|playground)([/?]|$)/);
        expect(new URL(path, 'https://batch.example/session/oidc/return').origin).toBe('https://batch.example');
      }),
    );
  });
});
