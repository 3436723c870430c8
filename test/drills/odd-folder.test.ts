import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '..', '..');
const NEEDED = ['console', 'data', 'jest.config.js', 'node_modules', 'package.json', 'package-lock.json', 'schema.graphql', 'scripts', 'src', 'test', 'tsconfig.json']; // prettier-ignore

/** A checkout's paths below it, as jest lists the tests of a project. */
function testsOf(root: string, project: string): string[] {
  const listed = spawnSync(process.execPath, ['node_modules/jest/bin/jest.js', '--listTests', '--selectProjects', project], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '--experimental-vm-modules' },
  });
  const paths = listed.stdout.split('\n').filter((line) => line.endsWith('.test.ts'));
  return paths.map((path) => relative(root, path)).toSorted();
}

function builtIn(root: string): string[] {
  return readdirSync(join(root, 'dist', 'console'), { recursive: true, encoding: 'utf8' }).filter((name) => !name.startsWith('.')).toSorted(); // prettier-ignore
}

describe.each(['!집 #1 (a) %41 [b] {c,d}', 'e?f'])('A checkout in a folder %j', (name) => {
  let above: string;
  let root: string;

  beforeAll(() => {
    mkdirSync(join(ROOT, 'dist'), { recursive: true });
    above = mkdtempSync(join(ROOT, 'dist', 'odd-'));
    root = join(above, name);
    mkdirSync(root);
    // Links cost no room; what is built is written beside them.
    execFileSync('cp', ['-al', ...NEEDED.map((each) => join(ROOT, each)), root]);
  });
  afterAll(() => rmSync(above, { recursive: true, force: true }));

  it('has the console that any other has', () => {
    execFileSync(process.execPath, ['build.mjs'], { cwd: join(root, 'console'), stdio: 'pipe' });
    expect(builtIn(root)).toEqual(builtIn(ROOT));
  });

  it('has the tests that any other has, or says why it has none', () => {
    if (name.includes('?')) {
      const refused = spawnSync(process.execPath, ['scripts/with-runtime.mjs', 'test'], { cwd: root, encoding: 'utf8' });
      expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining(`jest finds no file of a folder with "?" in its path: move ${root}`)]); // prettier-ignore
      return;
    }
    for (const project of ['main', 'drills']) {
      const listed = testsOf(root, project);
      expect(listed.length).toBeGreaterThan(50);
      expect(listed).toEqual(testsOf(ROOT, project));
    }
  });
});
