import { describe, expect, it } from '@jest/globals';
import { shape } from '../../src/config/config-shape.js';
import { refusalOf } from '../support/config-refusal.js';

const PASSWORD = 'the-password-of-the-test';
const KEY = 'the-key-of-the-test';

/** What a deployer may type by mistake: a password, a key or a token within an address, and what only looks like one. */
const TYPED = [
  `https://user:${PASSWORD}@host.example/v1?api_key=${KEY}#${KEY}`,
  `https://host.example/v1?api_key=${KEY}`,
  `ftp://${KEY}@host.example/`,
  `user:${PASSWORD}@host.example:1`,
  `host.example/v1?key=${KEY}`,
  `https:// user:${PASSWORD}@host`,
];

describe('A variable that is refused', () => {
  it.each(Object.keys(shape))('%s shows no password and no key that stands in an address', (name) => {
    for (const typed of TYPED) {
      const message = refusalOf({ [name]: typed });
      if (message === undefined) continue;
      expect(message).toContain(name);
      expect([typed, message.includes(PASSWORD) || message.includes(KEY)]).toEqual([typed, false]);
    }
  });

  it('shows the host of an address, and other values as they are', () => {
    expect(refusalOf({ LLM_BASE_URL: TYPED[0] ?? '' })).toContain('"https://host.example/…"');
    expect(refusalOf({ WORKER_LANES: 'many' })).toContain('"many"');
  });

  it('is each that takes the address of a host, where a password stands in it without a user', () => {
    const addresses = Object.keys(shape).filter((name) => takes(name, 'https://host.example') && !takes(name, 'ftp://host.example'));
    expect(addresses).toEqual(expect.arrayContaining(['LLM_BASE_URL', 'AUTH_JWKS_URL', 'OIDC_ISSUER', 'ALERT_WEBHOOK_URL', 'CONSOLE_URL']));
    expect(addresses.filter((name) => takes(name, `https://:${PASSWORD}@host.example`))).toEqual([]);
  });
});

function takes(name: string, value: string): boolean {
  return refusalOf({ [name]: value }) === undefined;
}
