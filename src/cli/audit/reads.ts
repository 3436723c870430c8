import { type KeptGap, type KeptRead, ReadDesk } from '../../reads/read-desk.js';
import { withCore } from '../database/command-database.js';
import { EXIT, type ExitCode } from '../shell/exit-code.js';
import type { Shell } from '../shell/shell.js';
import { say } from '../words/catalogue.js';
import type { ReadsOptions } from './audit-commands.js';
import { recordBefore } from './record-before.js';

/** Lists who read what. The question is recorded before it is answered. */
export async function auditReads(shell: Shell, { user, caller, from, to, most }: ReadsOptions): Promise<ExitCode> {
  return withCore(shell, 'existing', async (core) => {
    if (user !== undefined) await recordBefore(core, { what: 'audit reads', userIds: [user] });
    const { rows, hasNext } = await new ReadDesk(core.pool).list({ userId: user, caller, from, to }, { first: most });
    // Who was read stands in the list of a caller, and a look at it is a look at them.
    const shown = user === undefined ? [...new Set(rows.flatMap(({ userIds }) => userIds))] : [];
    if (shown.length > 0) await recordBefore(core, { what: 'audit reads', userIds: shown });
    if (rows.length === 0) shell.print(say('auditNothing'));
    for (const read of rows) shell.print(readLine(read));
    if (hasNext) shell.screen.say(say('auditMore', { most }));
    shell.printJson({ reads: rows, hasNext });
    return EXIT.done;
  });
}

/** Lists the times of which reads are missing. */
export async function auditGaps(shell: Shell): Promise<ExitCode> {
  return withCore(shell, 'existing', async ({ pool }) => {
    const gaps = await new ReadDesk(pool).gaps({});
    if (gaps.length === 0) shell.print(say('auditNoGap'));
    for (const gap of gaps) shell.print(gapLine(gap));
    shell.printJson({ gaps });
    return EXIT.done;
  });
}

function readLine({ at, caller, via, what, fields, users, userIds, runId, certain }: KeptRead): string {
  const named = users === 1 ? say('auditUser', { user: userIds[0] ?? '' }) : say('auditUsers', { users });
  const whom = runId === null ? named : say('auditEverybody', { run: runId, users });
  const asked = fields.length > 0 ? `${what} (${fields.join(', ')})` : what;
  return [at.toISOString(), via.padEnd(7), caller, asked, whom, ...(certain ? [] : [say('auditUncertain')])].join('  ');
}

function gapLine({ since, until, reads }: KeptGap): string {
  return say('auditGap', { since: since.toISOString(), until: until.toISOString(), reads });
}
