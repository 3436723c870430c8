import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { calledAs } from '../../scripts/called-as.mjs';

describe('how the program was called, as it can be typed again', () => {
  it.each([
    ['its file, from the checkout', '/srv/batch/bin/ibsafe-batch.mjs', {}, '/srv/batch', 'node bin/ibsafe-batch.mjs'],
    ['from a folder beside', '/srv/batch/bin/ibsafe-batch.mjs', {}, '/srv/batch/docs', 'node ../bin/ibsafe-batch.mjs'],
    ['from somewhere else', '/srv/batch/bin/ibsafe-batch.mjs', {}, '/home/me/notes', 'node /srv/batch/bin/ibsafe-batch.mjs'],
    ['in a folder with a space', '/srv/my batch/bin/ibsafe-batch.mjs', {}, '/', "node 'srv/my batch/bin/ibsafe-batch.mjs'"],
    [
      'npm start in a folder below',
      '/srv/batch/bin/ibsafe-batch.mjs',
      { npm_lifecycle_event: 'start', INIT_CWD: '/srv/batch/docs' },
      '/srv/batch',
      'node ../bin/ibsafe-batch.mjs',
    ],
    [
      'npx',
      '/root/.npm/_npx/25/node_modules/.bin/ibsafe-batch',
      { npm_lifecycle_event: 'npx', INIT_CWD: '/srv' },
      '/srv',
      'npx ibsafe-batch',
    ],
    ['a dependency’s link', '/srv/app/node_modules/.bin/ibsafe-batch', {}, '/srv/app', 'npx ibsafe-batch'],
    ['a link on the PATH', '/usr/local/bin/ibsafe-batch', {}, '/home/me', 'ibsafe-batch'],
    [
      'a container that knows better',
      '/app/dist/program/main.js',
      { IBSAFE_BATCH_COMMAND: 'docker compose run --rm api' },
      '/app',
      'docker compose run --rm api',
    ],
  ])('%s', (...[, file, env, cwd, typed]) => {
    expect(calledAs(file, { env, cwd })).toBe(typed);
  });

  it('is told in a sentence where the working folder is gone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gone-'));
    const program = fileURLToPath(new URL('../../bin/ibsafe-batch.mjs', import.meta.url));
    const { status, stderr } = spawnSync('bash', ['-c', 'cd "$1" && rmdir "$1" && exec "$2" "$3" --version', 'bash', folder, process.execPath, program], { encoding: 'utf8' }); // prettier-ignore
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'ibsafe-batch: the working folder is gone: go to another one (cd), then start again\n',
    });
  });
});
