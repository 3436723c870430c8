import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { npmFailure } from '../../scripts/npm-failure.mjs';
import { withSignsOfLife } from '../../scripts/signs-of-life.mjs';

describe('signs of life', () => {
  it.each([
    ['a line each, where nobody sees one change', undefined, /^(ibsafe-batch: installing, 3 of 7, \d+ s\n){2,}$/],
    ['one line that changes and goes, on a terminal', true, /^(\r<clear>ibsafe-batch: installing, 3 of 7, \d+ s){2,}\r<clear>$/],
  ])('are %s', async (_, isTTY, expected) => {
    const shown: string[] = [];
    const twice = new EventEmitter();
    const write = (text: string) => void (shown.push(text), shown.length === 2 && twice.emit('shown'));
    const work = async () => (await once(twice, 'shown'), 'done');
    const given = await withSignsOfLife('installing', { work, detail: () => '3 of 7', stream: { isTTY, write }, everyMs: 1 });
    expect(given).toBe('done');
    expect(shown.join('').replaceAll('\u001B[K', '<clear>')).toMatch(expected);
  });

  it('go on when how far it is cannot be told, and end with work that fails', async () => {
    const shown = new EventEmitter();
    const stream = { write: (text: string) => shown.emit('shown', text) };
    const work = async () => {
      expect((await once(shown, 'shown'))[0]).toMatch(/^ibsafe-batch: building, \d+ s\n$/);
      throw new Error('no network');
    };
    await expect(withSignsOfLife('building', { work, detail: untold, stream, everyMs: 1 })).rejects.toThrow('no network');
  });
});

describe('what is done', () => {
  it.each(['stdout', 'stderr'] as const)('goes on when nobody reads %s any more', async (name) => {
    const code = `
      import { once } from 'node:events';
      import { exitWith } from ${JSON.stringify(new URL('../../scripts/bootstrap-error.mjs', import.meta.url).href)};
      await exitWith(async () => {
        await once(process.stdin.resume(), 'end');
        for (let times = 0; times < 3; times += 1) await new Promise((done) => process.${name}.write('working\\n', () => done()));
        return 7;
      });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code]);
    child[name].destroy();
    child.stdin.end();
    expect(await once(child, 'exit')).toEqual([7, null]);
  });
});

describe('what npm failed of', () => {
  it.each([
    ['ENOTFOUND', /registry https:\/\/r cannot be reached.*proxy/],
    ['E403', /refuses.*npm login/],
    ['ETARGET', /does not have a package of this version/],
    ['SELF_SIGNED_CERT_IN_CHAIN', /NODE_EXTRA_CA_CERTS/],
    ['ENOSPC', /disk is full/],
    ['EACCES', /may not write/],
    ['E503', /overloaded or down/],
    ['E407', /proxy wants a login/],
    ['ENOTCACHED', /work offline/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', /certificate is not trusted/],
  ])('is said in a sentence: %s', (code, expected) => {
    expect(npmFailure(`npm warn x\nnpm error code ${code}\nnpm error more`, { npm_config_registry: 'https://r' })).toMatch(expected);
  });

  it('is left to npm’s own words where we have none', () => {
    expect(npmFailure('npm error code EWHATEVER')).toBe('');
    expect(npmFailure('Killed')).toBe('');
  });
});

function untold(): string {
  throw new Error('gone while it was counted');
}
