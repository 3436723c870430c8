import { asTyped } from '../../base/as-typed.js';
import { withClient } from '../../database/connect.js';
import { createIndex, type CreatedIndex, type BuildState } from '../../records/record-indexes/create-index.js';
import { findIndexes, type IndexState } from '../../records/record-indexes/find-indexes.js';
import { concurrentIndexSql } from '../../records/record-indexes/wanted-indexes.js';
import { canAsk, confirmed } from '../shell/confirm.js';
import { CommandFailed, EXIT, Interrupted, type ExitCode } from '../shell/exit-code.js';
import type { IndexCreateOptions } from './index-commands.js';
import { megabytes } from './index-check.js';
import { startPace, type Bar } from '../screen/bar.js';
import { duration } from '../screen/figures.js';
import type { Screen } from '../screen/screen.js';
import type { Shell } from '../shell/shell.js';
import { withTables } from '../database/tables-database.js';
import { say } from '../words/catalogue.js';

/** Makes the indexes that are lacking, one after the other, once the operator has said so. 1 when the answer is no. */
export async function indexCreate(shell: Shell, { yes = false }: IndexCreateOptions): Promise<ExitCode> {
  return withTables(shell, async (url) => {
    const lacking = (await statesOf(url)).filter(({ status }) => status !== 'SERVED');
    if (lacking.length > 0 && !yes && !(await agreed(shell, lacking))) {
      shell.screen.say(say('nothingMade'));
      return EXIT.failed;
    }
    const results: object[] = [];
    for (const { index } of lacking) {
      const result = await make(shell, url, index);
      shell.print(resultLine(index.name, result));
      results.push({ table: index.table, name: index.name, ...result });
    }
    if (lacking.length === 0) shell.print(say('nothingLacking'));
    shell.printJson({ indexes: results });
    return EXIT.done;
  });
}

function statesOf(url: string): Promise<readonly IndexState[]> {
  return withClient({ url, name: 'index create' }, (client) => findIndexes(client));
}

function agreed({ signal }: Shell, lacking: readonly IndexState[]): Promise<boolean> {
  const statements = lacking.map(({ index }) => concurrentIndexSql(index)).join('\n  ');
  if (!canAsk()) throw new CommandFailed(say('indexUnasked', { statements }), EXIT.usage);
  return confirmed(say('indexQuestion', { check: asTyped('index check'), statements }), signal);
}

async function make(shell: Shell, url: string, index: IndexState['index']): Promise<CreatedIndex> {
  const bars = new PhaseBars(shell.screen);
  try {
    return await createIndex(url, index, { signal: shell.signal, onProgress: (state) => bars.show(state) });
  } catch (error) {
    if (shell.signal.aborted) throw new Interrupted(say('indexInterrupted', { index: index.name }));
    throw error;
  } finally {
    bars.end();
  }
}

function resultLine(name: string, { created, droppedLeftover, bytes, durationMs }: CreatedIndex): string {
  const size = megabytes(bytes);
  if (!created) return say('indexMadeElsewhere', { size });
  const made = { index: name, size, time: duration(durationMs / 1_000) };
  return droppedLeftover ? say('indexMadeAnew', made) : say('indexMade', made);
}

/** A bar for each step of PostgreSQL's that counts something, and a line for each that does not. */
class PhaseBars {
  private phase = '';
  private bar: Bar | undefined;
  private pace = startPace();

  constructor(private readonly screen: Screen) {}

  show({ phase, done, total }: BuildState): void {
    const isNew = phase !== this.phase;
    if (isNew) this.end();
    this.phase = phase;
    if (total === null) {
      if (isNew) this.screen.say(`${phase} …`);
      return;
    }
    if (this.bar === undefined) {
      this.bar = this.screen.startBar(phase);
      this.pace = startPace();
    }
    this.bar.update(this.pace(done, total));
  }

  end(): void {
    this.bar?.end();
    this.bar = undefined;
  }
}
