import { once } from 'node:events';
import { withClient } from '../../database/connect.js';
import { codeOf } from '../../base/error-code.js';
import { compareWithLog, type LogSays } from '../../lifecycle/archive/compare-with-log.js';
import type { Manifest } from '../../lifecycle/archive/archive-format.js';
import { ArchiveDamaged } from '../../lifecycle/archive/archive-lines.js';
import { readArchive, verifyArchive } from '../../lifecycle/archive/read-archive.js';
import { recordBefore } from '../audit/record-before.js';
import { withDatabase } from '../database/command-database.js';
import { hasEmbeddedDatabase } from '../database/embedded-users.js';
import { count } from '../screen/figures.js';
import { CommandFailed, EXIT, Interrupted, type ExitCode } from '../shell/exit-code.js';
import type { Shell } from '../shell/shell.js';
import { say } from '../words/catalogue.js';
import { sentenceOf } from '../words/refusal.js';
import type { ReadOptions, VerifyOptions } from './archive-commands.js';

/** Looks at every line of an archive. */
export async function archiveVerify(shell: Shell, file: string, { alone = false }: VerifyOptions): Promise<ExitCode> {
  const manifest = await orSentence(shell, file, () => verifyArchive(file, shell));
  const log: LogSays | 'NOT_ASKED' =
    alone || !hasDatabase(shell) ? 'NOT_ASKED' : await withDatabase(shell, 'existing', ({ url }) => ask(url, file, manifest));
  const { month, events, firstPosition, lastPosition, sha256 } = manifest;
  const positions = { first: firstPosition ?? '-', last: lastPosition ?? '-' };
  shell.print(say('archiveHolds', { month: month.slice(0, 7), events: count(events), ...positions, sha256 }));
  shell.print(say(`logSays${log}`));
  shell.printJson({ manifest, log });
  return log === 'OTHER' || log === 'OTHER_CHAIN' ? EXIT.failed : EXIT.done;
}

/** Prints the events of an archive. They are not to be relied on where the command fails: its last line is what shows a damage. */
export async function archiveRead(shell: Shell, file: string, wanted: ReadOptions): Promise<ExitCode> {
  const persons = wanted.user === undefined ? undefined : await personsOf(shell, wanted.user);
  try {
    await orSentence(shell, file, async () => {
      for await (const part of readArchive(file, shell)) {
        if (!('line' in part) || !isWanted(part.line, { run: wanted.run, persons })) continue;
        if (shell.json) shell.printJson(JSON.parse(part.line));
        else shell.print(part.line);
        if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain', shell); // a month may be greater than the memory
      }
    });
  } catch (error) {
    // Who read it has had what was wanted: a script that goes on only after a success goes on.
    if (!(error instanceof Interrupted && shell.signal.reason === 'EPIPE')) throw error;
  }
  return EXIT.done;
}

/** Persons of an archive: by their subjects, and by their ids in one of before migration 058. */
interface Persons {
  readonly users: readonly number[];
  readonly subjects: readonly number[];
}

async function personsOf(shell: Shell, users: readonly number[]): Promise<Persons> {
  if (!hasDatabase(shell)) return { users, subjects: [] };
  const text = 'select subject from batch.subject where user_id = any($1::int[])';
  return withDatabase(shell, 'existing', ({ url }) =>
    withClient({ url, name: 'archive' }, async (client) => {
      // The database leads from an id to what the archive says of that person: such a question is a read, as one of the log is.
      await recordBefore({ pool: client }, { what: 'archive read', userIds: users });
      const { rows } = await client.query<{ subject: number }>(text, [users]);
      return { users, subjects: rows.map(({ subject }) => subject) };
    }),
  );
}

function isWanted(line: string, { run, persons }: { readonly run: string | undefined; readonly persons: Persons | undefined }): boolean {
  if (run === undefined && persons === undefined) return true;
  const event = JSON.parse(line) as { run_id: string | null; user_id?: number | null; subject?: number | null };
  const isOf = ({ users, subjects }: Persons): boolean =>
    users.includes(event.user_id ?? Number.NaN) || subjects.includes(event.subject ?? Number.NaN);
  return (run === undefined || event.run_id === run) && (persons === undefined || isOf(persons));
}

function hasDatabase({ config }: Shell): boolean {
  return config.DATABASE_URL !== undefined || hasEmbeddedDatabase(config.DATA_DIR);
}

function ask(url: string, file: string, manifest: Manifest): Promise<LogSays> {
  return withClient({ url, name: 'archive' }, (client) => compareWithLog(client, file, manifest));
}

async function orSentence<T>({ signal }: Shell, file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted) throw new Interrupted();
    if (error instanceof ArchiveDamaged) throw new CommandFailed(say('archiveDamaged', { file, found: sentenceOf(error) }));
    const code = codeOf(error);
    if (/^E[A-Z]+$/.test(code)) throw new CommandFailed(say('archiveUnreadable', { file, code }));
    throw error;
  }
}
