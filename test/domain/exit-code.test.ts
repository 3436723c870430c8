import { describe, expect, it } from '@jest/globals';
import { EXIT, worseOf, type ExitCode } from '../../src/cli/shell/exit-code.js';

describe('The exit code of a command that saw several runs through', () => {
  it.each<[string, readonly ExitCode[], ExitCode]>([
    ['none', [], EXIT.done],
    ['one that failed and one that is paused', [EXIT.failed, EXIT.paused], EXIT.failed],
    ['one that is paused and one that failed', [EXIT.paused, EXIT.failed], EXIT.failed],
    ['one with failed users and one that is paused', [EXIT.failedUsers, EXIT.paused], EXIT.paused],
    ['one with failed users and one that failed', [EXIT.failedUsers, EXIT.failed], EXIT.failed],
    ['one that is done and one with failed users', [EXIT.failedUsers, EXIT.done], EXIT.failedUsers],
  ])('of %s is that of the worst', (_, codes, expected) => {
    expect(codes.reduce<ExitCode>(worseOf, EXIT.done)).toBe(expected);
  });
});
