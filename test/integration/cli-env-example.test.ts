import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readConfig, VARIABLES } from '../../src/config/config.js';

const text = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
const lines = text.split('\n');
const settings = lines.flatMap((line) => {
  const match = /^# ([A-Z_]+)=(.*)$/.exec(line);
  return match?.[1] === undefined ? [] : [[match[1], match[2] ?? ''] as const];
});

describe('.env.example', () => {
  it('lists every variable that is read, and no other, each once', () => {
    expect(settings.map(([name]) => name).toSorted()).toEqual([...VARIABLES].toSorted());
  });

  it('changes nothing as it is: every line is a comment or empty', () => {
    expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  });

  it('gives the defaults', () => {
    expect(readConfig(Object.fromEntries(settings))).toEqual(readConfig({}));
    const defaults = readConfig({});
    const wrong = settings.filter(([name, value]) => String(defaults[name as keyof typeof defaults] ?? '') !== value);
    expect(wrong).toEqual([]);
  });

  it('says what each is for, right above it', () => {
    const unexplained = settings.filter(
      ([name]) => !/^# [A-Z].*[.:]/.test(lines[lines.findIndex((line) => line.startsWith(`# ${name}=`)) - 1] ?? ''),
    );
    expect(unexplained).toEqual([]);
  });
});
