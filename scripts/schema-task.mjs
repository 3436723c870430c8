import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BootstrapError } from './bootstrap-error.mjs';
import { ROOT } from './bootstrap.mjs';
import { PROGRAM } from './bundle.mjs';
import { run } from './child.mjs';

/**
 * Writes `schema.graphql` from what the service's own `schema` command prints; with `--check` compares instead and fails at the first
 * line that differs. Throws a BootstrapError when the command does not answer.
 */
export async function schema({ node, env }, args) {
  const file = join(ROOT, 'schema.graphql');
  const printed = await printedSchema(node, env);
  if (!args.includes('--check')) {
    writeFileSync(file, printed);
    return 0;
  }
  const committed = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (committed === printed) return 0;
  throw new BootstrapError(
    `schema.graphql is not what the code serves (${firstDifference(committed, printed)}): run npm run schema and commit it`,
  );
}

async function printedSchema(node, env) {
  const { code, stdout, output } = await run(node, [join(ROOT, PROGRAM), 'schema'], { env, cwd: ROOT, quiet: true });
  if (code !== 0 || stdout.trim() === '') throw new BootstrapError(`the schema command failed (exit ${code}):\n${output.trim()}`);
  return `${stdout.trim()}\n`;
}

function firstDifference(committed, printed) {
  const [old, now] = [committed.split('\n'), printed.split('\n')];
  const at = now.findIndex((line, index) => line !== old[index]);
  const line = at === -1 ? now.length : at;
  return `line ${line + 1}: committed ${JSON.stringify(old[line] ?? '')}, served ${JSON.stringify(now[line] ?? '')}`;
}
