import { asTyped } from '../../base/as-typed.js';
import { whyNotErased } from '../../lifecycle/erasure/refusal-words.js';
import type { Core } from '../../runtime/core.js';
import { recordBefore } from '../audit/record-before.js';
import { canAsk, typed } from '../shell/confirm.js';
import { CommandFailed, EXIT, Interrupted, type ExitCode } from '../shell/exit-code.js';
import type { Shell } from '../shell/shell.js';
import { say } from '../words/catalogue.js';
import { refusalOf } from '../words/refusal.js';
import type { EraseOptions } from './erase-commands.js';
import { OWN_ACTORS } from '../../domain/own-actors.js';

/** The actor of an erasure, in the log. */
export const ACTOR = OWN_ACTORS.cli;
/** Persons of one command at most; what is left is erased by the next one. */
const MAX_PERSONS = 10_000;

/**
 * Forgets each person whose account IBSafe deleted. Their number confirms it: a list that has grown meanwhile, as where a table of accounts was emptied by mistake, is
 * refused. One whose account is back by then is left. 1 when a person stays.
 */
export async function eraseDeleted(shell: Shell, core: Core, { preview = false, count: given }: EraseOptions): Promise<ExitCode> {
  const persons = await core.erasure.withoutAccount(MAX_PERSONS);
  if (persons.length === 0 || preview) {
    await list(shell, core, persons);
    shell.printJson({ persons });
    return EXIT.done;
  }
  const confirmed = given ?? (await askedCount(shell, core, persons));
  if (confirmed !== persons.length) throw differs(shell, persons.length);
  return eraseEach(shell, core, persons);
}

async function list(shell: Shell, core: Core, persons: readonly number[]): Promise<void> {
  if (persons.length > 0) await recordBefore(core, { what: 'erase --deleted', userIds: persons });
  shell.print(persons.length === 0 ? say('deletedNone') : say('deletedKnown', { persons: persons.length }));
  for (const user of persons) shell.print(`  ${user}`);
  if (persons.length > 0) shell.print(say('deletedLost', { preview: asTyped('erase --user <id> --preview') }));
}

async function askedCount(shell: Shell, core: Core, persons: readonly number[]): Promise<number> {
  const preview = asTyped('erase --deleted --preview');
  if (!canAsk() || shell.json) throw new CommandFailed(say('deletedUnasked', { preview }), EXIT.usage);
  await list(shell, core, persons);
  return Number((await typed(say('deletedQuestion'), shell.signal)).trim() || Number.NaN);
}

function differs(shell: Shell, persons: number): CommandFailed {
  shell.printJson({ rejected: { code: 'COUNT_DIFFERS', persons } });
  return new CommandFailed(say('deletedDiffers', { persons, preview: asTyped('erase --deleted --preview') }));
}

async function eraseEach(shell: Shell, { erasure }: Core, persons: readonly number[]): Promise<ExitCode> {
  const erased: number[] = [];
  const stay: { userId: number; code: string }[] = [];
  for (const userId of persons) {
    if (shell.signal.aborted) throw new Interrupted();
    const done = await erasure.erase(userId, { name: String(userId), actor: ACTOR });
    if ('erased' in done) erased.push(userId);
    else {
      stay.push({ userId, code: done.refused });
      shell.print(`${userId}: ${refusalOf(whyNotErased(done.refused, done.preview))}`);
    }
  }
  shell.print(say('deletedErased', { persons: erased.length }));
  shell.printJson({ erased, stay });
  return stay.length > 0 ? EXIT.failed : EXIT.done;
}
