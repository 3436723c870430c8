import { hostname } from 'node:os';
import { relative } from 'node:path';
import { projectFile } from './project-file.js';

/**
 * A command of this program as it can be typed here: `node bin/ibsafe-batch.mjs schedule list`, or with `npx`, or through Docker. Every message that names a
 * command takes it from here, and a test knows each by this call.
 *
 * @param line the command with its options, as `--help` has them
 */
export function asTyped(line: string): string {
  return `${programAsTyped()} ${line}`;
}

/** What comes before a command, as it can be typed here. The program that was called says it; in a container the image or the compose file does, `$HOSTNAME` being the container. */
export function programAsTyped(): string {
  const told = process.env['IBSAFE_BATCH_COMMAND'];
  if (told !== undefined && told !== '') return told.replaceAll('$HOSTNAME', hostname());
  return `node ${quoted(relative(process.cwd(), projectFile('bin/ibsafe-batch.mjs')))}`;
}

/** A path as a shell takes it for one word. */
function quoted(path: string): string {
  return /[^\w@%+=:,./-]/.test(path) ? `'${path.replaceAll("'", String.raw`'\''`)}'` : path;
}
