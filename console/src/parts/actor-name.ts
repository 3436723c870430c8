import { t } from '@lingui/core/macro';
import { ownActors, wordsOf } from '../language/language.js';

/** Processes write under their ids, people under names. */
const PROCESS = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

/** How the log names people: by the way they came, and the name they have there. */
const PERSON = /^(key|token|oidc|ibsafe):(.+)$/;
const WAYS = ['key', 'token', 'oidc', 'ibsafe'] as const;

/**
 * The actor of something in the language that is shown: a part of the service by its name, a process by the beginning of its id, a person by name and way of
 * signing in, and anyone else as the log has them.
 */
export function actorName(actor: string): string {
  const own = wordsOf('Caller', actor).name;
  if (own !== actor) return own;
  if (PROCESS.test(actor)) return t`process ${actor.slice(0, 8)}`;
  const [, way, name = ''] = PERSON.exec(actor) ?? [];
  return way === undefined ? actor : wayNamed(way, name);
}

function wayNamed(way: string, name: string): string {
  switch (way) {
    case 'key':
      return t`${name} (API key)`;
    case 'token':
      return t`${name} (token)`;
    case 'oidc':
      return t`${name} (single sign-on)`;
    default:
      return t`${name} (IBSafe account)`;
  }
}

/** The part of the service that is shown under a name, as the log has it; what was typed where none is. */
export function ownActorNamed(typed: string): string {
  const wanted = typed.trim();
  return ownActors().find((actor) => wordsOf('Caller', actor).name.toLowerCase() === wanted.toLowerCase()) ?? wanted;
}

/**
 * The actors that the log may have under what was typed: a name as it is shown, with or without the way of signing in, or as the log has it. It means the same
 * in every language.
 */
export function actorsNamed(typed: string): readonly string[] {
  const wanted = ownActorNamed(typed);
  if (ownActors().includes(wanted)) return [wanted];
  const shown = WAYS.flatMap((way) => {
    const [before = '', after = ''] = wayNamed(way, '\n').split('\n');
    return wanted.startsWith(before) && after !== '' && wanted.endsWith(after)
      ? [`${way}:${wanted.slice(before.length, -after.length)}`]
      : [];
  });
  if (shown.length > 0) return shown;
  return PERSON.test(wanted) ? [wanted] : [wanted, ...WAYS.map((way) => `${way}:${wanted}`)];
}
