import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isOfNpm } from '../../scripts/child.mjs';

describe('a child of the bootstrap', () => {
  let folder: string;
  let left: number | undefined;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'ibsafe-batch-child-'))));
  afterEach(() => {
    if (left !== undefined) process.kill(left, 'SIGKILL');
    rmSync(folder, { recursive: true });
  });

  it('passes its exit code on', async () => {
    expect(await once(spawn(process.execPath, ['--input-type=module', '-e', parent('process.exit(3)')]), 'exit')).toEqual([3, null]);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('gets a %s that was sent to the parent, which waits for it to end', async (signal) => {
    const code = `process.on('${signal}', () => setImmediate(() => process.exit(41)));
      setInterval(() => {}, 1000); process.stdout.write('ready');`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', parent(code)], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(child.stdout, 'data');
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([41, null]);
  });

  it('gets a SIGTERM when npm was asked to stop, whose shell dies without passing it on', async () => {
    const code = `process.on('SIGTERM', () => { process.stdout.write(' ended'); process.exit(); });
      setInterval(() => {}, 1000); process.stdout.write(String(process.pid));`;
    writeFileSync(join(folder, 'parent.mjs'), parent(code));
    const command = `'${process.execPath}' '${join(folder, 'parent.mjs')}'; :`; // two commands: no shell takes the place of the first
    const shell = spawn('/bin/sh', ['-c', command], {
      env: { npm_lifecycle_event: 'start', npm_lifecycle_script: command },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let told = '';
    shell.stdout.setEncoding('utf8').on('data', (text: string) => (told += text));
    await once(shell.stdout, 'data');
    left = Number(told);
    shell.kill('SIGTERM');
    await once(shell, 'close'); // when the child has closed its output too
    expect(told).toBe(`${left} ended`);
    left = undefined;
  });

  it('goes by npm’s own shell, and not by a shell of a script that npm started', () => {
    const script = 'read line; :';
    const shell = spawn('/bin/sh', ['-c', script], { stdio: ['pipe', 'ignore', 'ignore'] });
    const judged = ['read line; :', './run.sh'].map((npm_lifecycle_script) =>
      isOfNpm(shell.pid ?? 0, { npm_lifecycle_event: 'start', npm_lifecycle_script }),
    );
    shell.kill('SIGKILL');
    expect(judged).toEqual([true, !existsSync('/proc/self/cmdline')]);
    expect(isOfNpm(process.pid, {})).toBe(false);
  });

  it('that a signal ended gives 128 and the signal, as in a shell', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', parent(`process.kill(process.pid, 'SIGKILL')`)]);
    expect(await once(child, 'exit')).toEqual([137, null]);
  });
});

function parent(code: string): string {
  const run = JSON.stringify(fileURLToPath(new URL('../../scripts/child.mjs', import.meta.url)));
  return `import { run } from ${run}; process.exitCode = (await run(process.execPath, ['-e', ${JSON.stringify(code)}])).code;`;
}
