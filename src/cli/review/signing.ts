import { asTyped } from '../../base/as-typed.js';
import { filterSigning, signingRows, tallySigning, type SignableFilter, type SigningRow } from '../../application/reviews/list-signable.js';
import { signRows, withdrawSignatures, type SignaturesChanged } from '../../application/reviews/sign-rows.js';
import { isRejection, type Rejection } from '../../domain/rejection.js';
import { ReviewQueries, type NotedSignature } from '../../projections/queries/review-queries.js';
import type { ShownLine } from '../../domain/signing/signable-row.js';
import type { Core } from '../../runtime/core.js';
import { withCore } from '../database/command-database.js';
import { refuseRun } from '../run/asked-run.js';
import { count } from '../screen/figures.js';
import { tableLines } from '../screen/table.js';
import { EXIT, type ExitCode } from '../shell/exit-code.js';
import type { Shell } from '../shell/shell.js';
import { spokenLanguage } from '../words/language.js';
import { nameOf, say } from '../words/catalogue.js';
import { OWN_ACTORS } from '../../domain/own-actors.js';

const ACTOR = OWN_ACTORS.cli;

/** What of the rows is listed. */
export interface ListedRows extends SignableFilter {
  readonly first: number;
  /** All that a signature is for, under each row. */
  readonly text: boolean;
}

/** Lists points, wordings, dishes and ingredients with their signatures, and says how much is signed. */
export function reviewSignatures(shell: Shell, { first, text, ...filter }: ListedRows): Promise<ExitCode> {
  return withCore(shell, 'existing', async (core) => {
    const all = await rowsOf(core);
    const counts = tallySigning(all);
    for (const { kind, all: of, signed, changed } of counts) {
      const figures = { kind: nameOf('SignableKind', kind), signed: count(signed), all: count(of), changed: count(changed) };
      shell.print(say(changed === 0 ? 'signedOfKind' : 'signedOfKindChanged', figures));
    }
    const found = filterSigning(all, filter);
    const shown = found.slice(0, first);
    if (text) for (const row of shown) for (const line of rowText(row)) shell.print(line);
    else if (shown.length > 0) for (const line of tableLines(say('signatureHeads').split('|'), shown.map(cellsOf))) shell.print(line);
    shell.print(say(found.length === 0 ? 'noSignable' : 'signableShown', { shown: count(shown.length), found: count(found.length) }));
    if (shown.length > 0) shell.print(say('signableHow', { command: asTyped('review sign') }));
    shell.printJson({ counts, found: found.length, rows: shown.map(jsonOf) });
    return EXIT.done;
  });
}

/** Signs rows as this release has them now. */
export function reviewSign(shell: Shell, { ids }: { readonly ids: readonly string[] }): Promise<ExitCode> {
  return withCore(shell, 'existing', async (core) => {
    const { signable } = core.deps.words;
    const orders = ids.map((id) => ({ id, hash: signable.get(id)?.hash ?? '' }));
    const answer = await signRows(core.deps, orders, ACTOR);
    return told(shell, { core, answer, ids, sentence: 'rowsSigned' });
  });
}

/** Withdraws signatures of rows. */
export function reviewUnsign(
  shell: Shell,
  { ids, reason }: { readonly ids: readonly string[]; readonly reason?: string | undefined },
): Promise<ExitCode> {
  return withCore(shell, 'existing', async (core) => {
    const answer = await withdrawSignatures(core.deps, { ids, ...(reason !== undefined && { reason }) }, ACTOR);
    return told(shell, { core, answer, ids, sentence: 'rowsUnsigned' });
  });
}

interface Told {
  readonly core: Core;
  readonly answer: SignaturesChanged | Rejection;
  readonly ids: readonly string[];
  readonly sentence: 'rowsSigned' | 'rowsUnsigned';
}

async function told(shell: Shell, { core, answer, ids, sentence }: Told): Promise<ExitCode> {
  if (isRejection(answer)) return refuseRun(shell, answer);
  const named = new Set(ids);
  const rows = (await rowsOf(core)).filter(({ row }) => named.has(row.id));
  shell.print(say(sentence, { changed: count(answer.changed.length), named: count(named.size) }));
  if (rows.length > 0) for (const line of tableLines(say('signatureHeads').split('|'), rows.map(cellsOf))) shell.print(line);
  shell.printJson({ changed: answer.changed.length, rows: rows.map(jsonOf) });
  return EXIT.done;
}

async function rowsOf({ deps, orm }: Core): Promise<SigningRow<NotedSignature>[]> {
  return signingRows(deps.words.signable, await new ReviewQueries(orm.em.fork()).signatures());
}

function cellsOf({ row, state, signature }: SigningRow<NotedSignature>): string[] {
  const [by, at] = row.isSignedInFile ? [row.reviewedBy, row.reviewedOn] : [signature?.signedBy ?? '', signature?.signedAt ?? ''];
  const name = spokenLanguage() === 'ko' ? row.nameKo : row.nameEn;
  return [nameOf('SigningState', state), row.id, name, by, at.slice(0, 10), signature?.reason ?? ''];
}

function rowText({ row, state }: SigningRow): string[] {
  return [
    `${row.id} · ${nameOf('SigningState', state)}`,
    ...row.lines.map((line) => `   ${nameOf('ShownLine', line.what)}: ${lineText(line)}`),
  ];
}

/** Conditions are code, and titles of sources words of others. */
function lineText(line: ShownLine): string {
  const text = line[spokenLanguage()];
  if (line.what === 'CONDITION') return `\`${text}\``;
  const isSource = line.what.endsWith('SOURCE');
  return `${isSource ? `“${text}”` : text}${line.address === null ? '' : ` <${line.address}>`}`;
}

function jsonOf({ row, state, signature }: SigningRow<NotedSignature>): object {
  const { id, nameKo, nameEn, lines, hash, isSignedInFile, reviewedBy, reviewedOn } = row;
  const signed = isSignedInFile ? { signedBy: reviewedBy, signedAt: reviewedOn, inFile: true } : (signature ?? {});
  return { ...signed, id, kind: row.row.kind, nameKo, nameEn, lines, hash, state };
}
