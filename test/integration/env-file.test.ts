import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseEnvFile } from '../../src/cli/service/env-file.js';
import { VARIABLES } from '../../src/config/config.js';
import { likelyMeant } from '../../src/base/likely-meant.js';
import { cli, type Ended } from '../support/cli-process.js';

let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'ibsafe-batch-env-'));
});

afterEach(() => rmSync(cwd, { recursive: true }));

describe('the text of a .env file', () => {
  it.each([
    ['CRLF and a byte order mark', '\uFEFFPORT=1\r\nHOST=a\r\n', { PORT: '1', HOST: 'a' }],
    ['CR alone, and no end', 'PORT=1\rHOST=a', { PORT: '1', HOST: 'a' }],
    ['spaces, export, comments and empty lines', '# all\n\n  export PORT = 1   # the port\nHOST=\n', { PORT: '1', HOST: '' }],
    ['quotes around anything', `A="a # \\n b"\nB='c # d'\nC=\`e\nf\` # g\nD="" `, { A: 'a # \n b', B: 'c # d', C: 'e\nf', D: '' }],
    ['an equals sign in a value', 'A=b=c==\n', { A: 'b=c==' }],
  ])('is read with %s', (_, text, expected) => {
    const { lines, strange } = parseEnvFile(Buffer.from(text));
    expect(Object.fromEntries(lines.map(({ name, value }) => [name, value]))).toEqual(expected);
    expect(lines.map(({ problem }) => problem)).toEqual(lines.map(() => undefined));
    expect(strange).toEqual([]);
  });

  it('is read in UTF-16, as Windows writes it', () => {
    expect(parseEnvFile(Buffer.from('\uFEFFPORT=1\r\n', 'utf16le')).lines).toMatchObject([{ name: 'PORT', value: '1', line: 1 }]);
  });

  it('has the number of the line of each, after values of several lines too, and of what is none', () => {
    const { lines, strange } = parseEnvFile(Buffer.from('A="1\n2\n3"\n\nPORT: 4\nB=5'));
    expect(lines.map(({ name, line }) => [name, line])).toEqual([
      ['A', 1],
      ['B', 6],
    ]);
    expect(strange).toEqual([5]);
  });

  it.each(['A=pass#word', 'A=a#b #c', 'A="open', `A='it's'`, 'A="one" two', 'A="one\nB="two"'])(
    'names what can be read in two ways: %j',
    (text) => {
      expect(parseEnvFile(Buffer.from(text)).lines[0]?.problem).toMatch(/^ENV_(?:QUOTES|HASH)$/);
    },
  );
});

describe('a .env file', () => {
  it('sets this service’s variables and no others, and says which others it names', async () => {
    const { code, stdout, stderr } = await withFile(
      'ADVICE_LANGUAGE=en\nNODE_OPTIONS=--no-such-flag\nPATH=/nowhere\nLD_PRELOAD=/x.so\nPGHOST=db\nPOSTGRES_PASSWORD=a\n',
    );
    expect({ code, lines: stdout.split('\n').length > 10 }).toEqual({ code: 0, lines: true });
    expect(stderr).toBe(
      'ibsafe-batch: .env: no settings of this service, and ignored: NODE_OPTIONS, PATH, LD_PRELOAD, PGHOST. Set them in the environment, if they are meant for it\n',
    );
  });

  it.each([
    [
      'a secret cut short by a "#"',
      'DATABASE_URL=postgresql://u:hunter2#x@h/d\n',
      /DATABASE_URL \(line 1 of \.env\): a "#" is in it.*quotes/,
    ],
    [
      'a secret that a comment seems to follow',
      'A=b\nAUTH_JWT_SECRET=hunter2 #x\n',
      /AUTH_JWT_SECRET \(line 2 of \.env\): a "#" follows it/,
    ],
    ['a name that is said twice', 'PORT=1\nHOST=a\nPORT=2\n', /PORT \(line 3 of \.env\): line 1 says otherwise: keep one/],
    ['quotes that do not close', 'LLM_API_KEY="hunter2\n', /LLM_API_KEY \(line 1 of \.env\): its quotes do not enclose it/],
    ['a misspelt name of ours', 'BATCH_LAESE_MS=5000\n', /BATCH_LAESE_MS: no such variable \(is BATCH_LEASE_MS meant\?\)/],
  ])('with %s stops the start, and shows no value', async (_, text, expected) => {
    const { code, stdout, stderr } = await withFile(text);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(expected);
    expect(stderr).not.toContain('hunter2');
  });

  it('names variables that look like misspelt ones of ours, there and in the environment, and lines that are none', async () => {
    const { code, stderr } = await withFile('DATABSE_URL=postgresql://h/d\nport 4000\n', { HSOT: '1', LOGLEVEL: 'warn' });
    expect(code).toBe(0);
    for (const line of [
      'line 2 of .env is no NAME=value line',
      'DATABSE_URL is not read: is DATABASE_URL meant?',
      'HSOT is not read: is HOST meant?',
      'LOGLEVEL is not read: is LOG_LEVEL meant?',
    ])
      expect(stderr).toContain(line);
  });

  it.each([
    ['a folder', () => mkdirSync(join(cwd, '.env')), 'ENOTFILE'],
    ['bytes that are no text', () => writeFileSync(join(cwd, '.env'), Buffer.from([0x41, 0x3d, 0xc3, 0x28])), 'neither UTF-8 nor UTF-16'],
  ])('that is %s stops the start with what to do', async (_, make, why) => {
    make();
    const { code, stderr } = await cli(['schema'], { cwd });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(new RegExp(`\\.env cannot be read \\(.*${why}.*make it a readable file`)),
    });
  });
});

describe('the name that was likely meant', () => {
  it('is none for what usually is in an environment', () => {
    const usual = [
      'HOME',
      'HOSTNAME',
      'PATH',
      'PWD',
      'SHELL',
      'TERM',
      'USER',
      'LANG',
      'NODE_OPTIONS',
      'XDG_DATA_DIRS',
      'DEBUG',
      'PORTS_EXPOSED',
      'HOSTTYPE',
      'REDIS_URL',
      'DATABASE_HOST',
    ];
    expect(usual.flatMap((name) => likelyMeant(name, VARIABLES) ?? [])).toEqual([]);
  });

  it.each([
    ['database_url', 'DATABASE_URL'],
    ['DATABASEURL', 'DATABASE_URL'],
    ['BATCH-TIME-ZONE', 'BATCH_TIME_ZONE'],
    ['HOTS', 'HOST'],
    ['MONGO_URL', 'MONGODB_URL'],
    ['GENRATOR', 'GENERATOR'],
  ])('of %s is %s', (written, meant) => expect(likelyMeant(written, VARIABLES)).toBe(meant));
});

function withFile(text: string, env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  writeFileSync(join(cwd, '.env'), text);
  chmodSync(cwd, 0o755);
  return cli(['schema'], { cwd, env });
}
