import { asTyped } from '../../base/as-typed.js';
import { openPool } from '../../database/pool.js';
import { ApiKeyStore, type ApiKey } from '../../identity/api-key-store.js';
import { whyNoKeys } from '../../runtime/authentication.js';
import { withDatabase, type DatabaseNeed } from '../database/command-database.js';
import { CommandFailed, EXIT, type ExitCode } from '../shell/exit-code.js';
import type { KeyCreateOptions } from './key-commands.js';
import { padToWidth } from '../screen/text-width.js';
import type { Shell } from '../shell/shell.js';
import { sentenceOf } from '../words/refusal.js';
import { say } from '../words/catalogue.js';
import { OWN_ACTORS } from '../../domain/own-actors.js';

/** The actor that makes or revokes a key, in its table. */
const ACTOR = OWN_ACTORS.cli;

/** Makes an API key and shows it. */
export async function keyCreate(shell: Shell, { name, role }: KeyCreateOptions): Promise<ExitCode> {
  const made = await withKeys(shell, 'any', (keys) => keys.create({ name, role, createdBy: ACTOR }));
  if (made === undefined) throw new CommandFailed(say('keyNameTaken', { name }));
  shell.print(made.key);
  shell.screen.say(say('keyMade', { name, role }));
  const notTaken = whyNoKeys(shell.config);
  if (notTaken !== undefined) shell.screen.say(sentenceOf(notTaken));
  shell.printJson({ name, role, ...made, notTaken: notTaken?.text ?? null });
  return EXIT.done;
}

/** Lists the keys. */
export async function keyList(shell: Shell): Promise<ExitCode> {
  const keys = await withKeys(shell, 'existing', (store) => store.list());
  if (keys.length === 0) shell.print(say('noKeys', { create: asTyped('key create') }));
  for (const key of keys) shell.print(lineOf(key));
  const notTaken = whyNoKeys(shell.config);
  if (notTaken !== undefined) shell.screen.say(sentenceOf(notTaken));
  shell.printJson({ keys, notTaken: notTaken?.text ?? null });
  return EXIT.done;
}

/** Revokes a key. */
export async function keyRevoke(shell: Shell, nameOrPrefix: string): Promise<ExitCode> {
  const revoked = await withKeys(shell, 'existing', (keys) => keys.revoke(nameOrPrefix, ACTOR));
  // What was given is not quoted: it may be a whole key.
  if (revoked === undefined) throw new CommandFailed(say('noSuchKey', { list: asTyped('key list') }));
  shell.print(say('keyRevoked', { name: revoked.name, prefix: revoked.prefix }));
  shell.printJson({ revoked });
  return EXIT.done;
}

function lineOf({ prefix, name, role, createdAt, revokedAt, lastUsedAt }: ApiKey): string {
  const state =
    revokedAt !== null
      ? say('revokedAt', { time: minuteOf(revokedAt) })
      : lastUsedAt === null
        ? say('neverUsed')
        : say('usedAt', { time: minuteOf(lastUsedAt) });
  return [prefix, role.padEnd(8), say('madeAt', { time: minuteOf(createdAt) }), padToWidth(state, 24), name].join('  ');
}

function minuteOf(time: Date): string {
  return `${time.toISOString().slice(0, 16)}Z`;
}

async function withKeys<T>(shell: Shell, need: DatabaseNeed, work: (keys: ApiKeyStore) => Promise<T>): Promise<T> {
  return withDatabase(shell, need, async ({ url }) => {
    const pool = openPool({ url, max: 1, name: 'keys', onError: () => undefined }); // the caller who waits for an answer gets the error too
    try {
      return await work(new ApiKeyStore(pool));
    } finally {
      await pool.end();
    }
  });
}
