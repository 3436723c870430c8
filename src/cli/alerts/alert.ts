import { asTyped } from '../../base/as-typed.js';
import { type Alert, AlertDesk } from '../../alerts/alert-desk.js';
import type { Silence } from '../../alerts/silence-alerts.js';
import { alertWords } from '../../alerts/alert-words.js';
import { openPool } from '../../database/pool.js';
import { isRejection } from '../../domain/rejection.js';
import { isUuid } from '../../domain/ids.js';
import { withDatabase } from '../database/command-database.js';
import { CommandFailed, EXIT, type ExitCode } from '../shell/exit-code.js';
import type { Shell } from '../shell/shell.js';
import type { SilenceOptions } from './alert-commands.js';
import { say } from '../words/catalogue.js';
import { refusalOf } from '../words/refusal.js';
import { spokenLanguage } from '../words/language.js';
import { OWN_ACTORS } from '../../domain/own-actors.js';

/** The actor of a silence, in its table. */
const ACTOR = OWN_ACTORS.cli;

/** Lists alerts and silences. */
export async function alertList(shell: Shell, { all = false }: { readonly all?: boolean }): Promise<ExitCode> {
  const { alerts, silences } = await withDesk(shell, async (desk) => ({
    alerts: (await desk.list(all ? {} : { states: ['OPEN'] }, { first: 100 })).rows,
    silences: await desk.silences(),
  }));
  if (alerts.length === 0) shell.print(all ? say('noAlerts') : say('noOpenAlerts', { all: asTyped('alert list --all') }));
  const words = alertWords(spokenLanguage());
  for (const alert of alerts) {
    shell.print(lineOf(alert));
    shell.print(`  ${words.sentence(alert.kind, alert.facts)}`);
  }
  for (const silence of silences) shell.print(silenceLine(silence));
  shell.printJson({ alerts, silences });
  return EXIT.done;
}

/** Keeps alerts from being sent. */
export async function alertSilence(shell: Shell, { kind, subject, for: ms, reason }: SilenceOptions): Promise<ExitCode> {
  const answer = await withDesk(shell, (desk) => desk.silence({ kind, subject, until: { inMs: ms }, reason }, { actor: ACTOR }));
  if (isRejection(answer)) throw new CommandFailed(refusalOf(answer));
  shell.print(silenceLine(answer));
  const { repeated: _, ...silence } = answer;
  shell.printJson({ silence });
  return EXIT.done;
}

/** Ends a silence. */
export async function alertEndSilence(shell: Shell, id: string): Promise<ExitCode> {
  const ended = isUuid(id) ? await withDesk(shell, (desk) => desk.endSilence(id, ACTOR)) : undefined;
  if (ended === undefined) throw new CommandFailed(say('noSuchSilence', { list: asTyped('alert list') }));
  shell.print(say('silenceEnded', { kind: ended.kind }));
  shell.printJson({ ended });
  return EXIT.done;
}

function lineOf({ state, kind, subject, count, firstAt, silenced, deliveries }: Alert): string {
  const ways = deliveries.map(
    (each) => `${each.channel} ${each.message} ${each.state}${each.lastCode === null ? '' : ` (${each.lastCode})`}`,
  );
  const told = silenced ? say('isSilenced') : ways.length === 0 ? say('noChannel') : ways.join(', ');
  return [minuteOf(firstAt), state.padEnd(8), kind.padEnd(16), `${count}x`, subject, told].join('  ');
}

function silenceLine({ id, kind, subject, until, madeBy, reason }: Silence): string {
  return `${say('silencedUntil', { time: minuteOf(until) })} ${kind}${subject === null ? '' : ` ${subject}`} (${madeBy}: ${reason}) ${id}`;
}

function minuteOf(time: Date): string {
  return `${time.toISOString().slice(0, 16)}Z`;
}

async function withDesk<T>(shell: Shell, work: (desk: AlertDesk) => Promise<T>): Promise<T> {
  return withDatabase(shell, 'existing', async ({ url }) => {
    const pool = openPool({ url, max: 1, name: 'alerts', onError: () => undefined }); // the command that waits for an answer gets the error too
    try {
      return await work(new AlertDesk(pool));
    } finally {
      await pool.end();
    }
  });
}
