import { once } from 'node:events';
import { withClient } from '../../database/connect.js';
import { codeOf } from '../../error-code.js';
import { compareWithLog, type LogSays } from '../../lifecycle/archive/compare-with-log.js';
import type { Manifest } from '../../lifecycle/archive/archive-format.js';
import { ArchiveDamaged, readArchive, verifyArchive } from '../../lifecycle/archive/read-archive.js';
import { withDatabase } from '../database/command-database.js';
import { hasEmbeddedDatabase } from '../database/embedded-users.js';
import { count } from '../screen/figures.js';
import { CommandFailed, EXIT, type ExitCode } from '../shell/exit-code.js';
import type { Shell } from '../shell/shell.js';
import type { ReadOptions, VerifyOptions } from './archive-commands.js';

const SAYS: Readonly<Record<LogSays | 'NOT_ASKED', string>> = {
  SAME: 'It is the one that the log tells of.',
  OTHER: 'It is not the one that the log tells of: it was changed and packed anew, or is of another database. Take the one from a backup.',
  NOT_LET_GO:
    'The log did not let that month go: the archive is of another database, or was written by a process that was ended before it could.',
  NOT_ASKED: 'It was not compared with a log.',
};

/** Looks at every line of an archive. */
export async function archiveVerify(shell: Shell, file: string, { alone = false }: VerifyOptions): Promise<ExitCode> {
  const manifest = await orSentence(file, () => verifyArchive(file));
  const log = alone || !hasDatabase(shell) ? 'NOT_ASKED' : await withDatabase(shell, 'existing', ({ url }) => ask(url, file, manifest));
  const { month, events, firstPosition, lastPosition, sha256 } = manifest;
  shell.print(
    `${month.slice(0, 7)}: ${count(events)} events, positions ${firstPosition ?? '-'} to ${lastPosition ?? '-'}, sha256 ${sha256}`,
  );
  shell.print(SAYS[log]);
  shell.printJson({ manifest, log });
  return log === 'OTHER' ? EXIT.failed : EXIT.done;
}

/** Prints the events of an archive. They are not to be relied on where the command fails: its last line is what shows a damage. */
export async function archiveRead(shell: Shell, file: string, wanted: ReadOptions): Promise<ExitCode> {
  await orSentence(file, async () => {
    for await (const part of readArchive(file)) {
      if (!('line' in part) || !isWanted(part.line, wanted)) continue;
      if (shell.json) shell.printJson(JSON.parse(part.line));
      else shell.print(part.line);
      if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain'); // a month may be greater than the memory
    }
  });
  return EXIT.done;
}

function isWanted(line: string, { run, user }: ReadOptions): boolean {
  if (run === undefined && user === undefined) return true;
  const event = JSON.parse(line) as { run_id: string | null; user_id: number | null };
  return (run === undefined || event.run_id === run) && (user === undefined || user.includes(event.user_id ?? Number.NaN));
}

function hasDatabase({ config }: Shell): boolean {
  return config.DATABASE_URL !== undefined || hasEmbeddedDatabase(config.DATA_DIR);
}

function ask(url: string, file: string, manifest: Manifest): Promise<LogSays> {
  return withClient({ url, name: 'archive' }, (client) => compareWithLog(client, file, manifest));
}

async function orSentence<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ArchiveDamaged)
      throw new CommandFailed(`${file} is damaged: ${error.message}. Nothing of it is to be relied on; take it from a backup`);
    if (['ENOENT', 'EACCES', 'EISDIR'].includes(codeOf(error)))
      throw new CommandFailed(
        `${file} cannot be read (${codeOf(error)}). Name the file of an archive, such as ibsafe-batch-log-2024-09.ndjson.gz`,
      );
    throw error;
  }
}
