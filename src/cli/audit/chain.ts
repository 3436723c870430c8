import { logHeads } from '../../eventlog/log-heads.js';
import { withCore } from '../database/command-database.js';
import { EXIT, type ExitCode } from '../shell/exit-code.js';
import type { Shell } from '../shell/shell.js';
import { say } from '../words/catalogue.js';

/** Lists what the log amounted to when each day was over. @param options.month its first day; all months without */
export async function auditChain(shell: Shell, { month }: { readonly month?: string }): Promise<ExitCode> {
  return withCore(shell, 'existing', async ({ pool }) => {
    const heads = await logHeads(pool, month);
    if (heads.length === 0) shell.print(say(month === undefined ? 'auditNoHead' : 'auditNoHeadThen'));
    for (const { day, number, links, events, hash } of heads) shell.print(say('auditHead', { day, number, links, events, hash }));
    shell.printJson({ heads });
    return EXIT.done;
  });
}
