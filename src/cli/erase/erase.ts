import { asTyped } from '../../base/as-typed.js';
import type { ErasureDesk } from '../../lifecycle/erasure/erasure-desk.js';
import { whyNotErased } from '../../lifecycle/erasure/refusal-words.js';
import type { Core } from '../../runtime/core.js';
import { recordBefore } from '../audit/record-before.js';
import { withCore } from '../database/command-database.js';
import { count } from '../screen/figures.js';
import { canAsk, typed } from '../shell/confirm.js';
import { CommandFailed, EXIT, type ExitCode } from '../shell/exit-code.js';
import type { Shell } from '../shell/shell.js';
import { say } from '../words/catalogue.js';
import { refusalOf } from '../words/refusal.js';
import { ACTOR, eraseDeleted } from './erase-deleted.js';
import type { EraseOptions } from './erase-commands.js';
import { previewLines } from './preview-lines.js';

/** Forgets a person, or all whose account is gone, once the operator has said so in words that fit nothing else. */
export async function erase(shell: Shell, options: EraseOptions): Promise<ExitCode> {
  const { user, deleted = false } = options;
  if (user === undefined && !deleted) throw new CommandFailed(say('eraseWhom'), EXIT.usage);
  return withCore(shell, 'existing', (core) => (user === undefined ? eraseDeleted(shell, core, options) : erasePerson(shell, core, user, options))); // prettier-ignore
}

async function erasePerson(shell: Shell, core: Core, user: number, { preview = false, name }: EraseOptions): Promise<ExitCode> {
  if (preview) {
    shell.printJson(await show(shell, core, user));
    return EXIT.done;
  }
  const given = name ?? (await askedName(shell, core, user));
  const done = await core.erasure.erase(user, { name: given, actor: ACTOR });
  if ('refused' in done) throw refused(shell, done);
  const { reads, runs, reasons } = done.erased;
  shell.print(say('personErased', { user, reads: count(reads), runs: count(runs), reasons: count(reasons) }));
  shell.printJson({ userId: user, erased: done.erased });
  return EXIT.done;
}

/** Shows what is known of a person. That is a read of the person's data, and recorded as one. */
async function show(shell: Shell, { pool, erasure }: Core, user: number) {
  await recordBefore({ pool }, { what: 'erase --preview', userIds: [user] });
  const known = await erasure.preview(user);
  for (const line of previewLines(known)) shell.print(line);
  return known;
}

async function askedName(shell: Shell, core: Core, user: number): Promise<string> {
  const preview = asTyped(`erase --user ${user} --preview`);
  if (!canAsk() || shell.json) throw new CommandFailed(say('eraseUnasked', { preview }), EXIT.usage);
  const known = await show(shell, core, user);
  const question = known.hasAccount ? say('eraseQuestion') : say('eraseNumberQuestion');
  return typed(question, shell.signal);
}

type Refusal = Extract<Awaited<ReturnType<ErasureDesk['erase']>>, { refused: unknown }>;

function refused(shell: Shell, { refused: code, preview }: Refusal): CommandFailed {
  const why = whyNotErased(code, preview);
  shell.printJson({ rejected: { code: why.code, message: why.message } });
  return new CommandFailed(refusalOf(why));
}
