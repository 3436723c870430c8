import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { requestRun } from '../../src/application/run/request-run.js';
import { checkInvariants } from '../../src/doctor/invariants.js';
import { archiveName, type Manifest } from '../../src/lifecycle/archive/archive-format.js';
import { Content } from '../../src/lifecycle/archive/content.js';
import { readArchive, verifyArchive } from '../../src/lifecycle/archive/read-archive.js';
import { planRetention } from '../../src/lifecycle/retention/plan-retention.js';
import { runRetention } from '../../src/lifecycle/retention/run-retention.js';
import { compareViews, rebuildViews } from '../../src/projections/rebuild/rebuild-views.js';
import { createYears, keyOf, MONTHS, orderOf, type Years } from '../support/years.js';

const KEEP = 22;
const WHOLE = 'select row_to_json(e)::text as line from batch.event_log e where run_month = $1::date order by e.xid, e.position';
const VIEWS = ['run_view', 'chunk_view', 'night_view', 'low_fodmap_days', 'schedule_view'];

describe('Retention over 26 months', () => {
  let years: Years;
  let months: string[];
  let due: string[];
  const before = new Map<string, string[]>();
  let views: Record<string, unknown>;

  const viewRows = async (): Promise<Record<string, unknown>> =>
    Object.fromEntries(
      await Promise.all(VIEWS.map(async (view) => [view, await years.rows(`select * from batch.${view} v order by v::text`)] as const)),
    );
  const archive = (month: string): string => join(years.archiveDir, archiveName(month));

  beforeAll(async () => {
    years = await createYears();
    await years.settle();
    months = await years.months();
    due = months.slice(0, MONTHS - KEEP);
    for (const month of months)
      before.set(
        month,
        (await years.rows<{ line: string }>(WHOLE, [month])).map(({ line }) => line),
      );
    views = await viewRows();
  });
  afterAll(async () => years[Symbol.asyncDispose]());

  it('finds everything in order before, and plans what is older than what is kept', async () => {
    expect((await checkInvariants(years.pool)).filter(({ ok }) => !ok)).toEqual([]);
    const plan = await planRetention(years.pool, KEEP);
    expect(plan.months.filter((each) => each.due).map(({ month }) => month)).toEqual(due);
    expect(plan.months.flatMap(({ held }) => held ?? [])).toEqual([]);
  });

  it('writes each month to an archive that holds what the log held, letter for letter, and lets it go once', async () => {
    const report = await runRetention(years.ground, KEEP, 1);
    expect(report).toMatchObject({ status: 'DONE', held: [] });
    expect(report.status === 'DONE' && report.letGo.map(({ month }) => month)).toEqual(due);
    expect((await readdir(years.archiveDir)).toSorted()).toEqual(due.map(archiveName));
    for (const month of due) {
      const lines: string[] = [];
      for await (const part of readArchive(archive(month))) if ('line' in part) lines.push(part.line);
      expect(lines).toEqual(before.get(month));
      expect(await years.rows(WHOLE, [month])).toEqual([]);
    }
    const kept = months.slice(MONTHS - KEEP);
    for (const month of kept)
      expect((await years.rows<{ line: string }>(WHOLE, [month])).map(({ line }) => line)).toEqual(before.get(month));
    expect(await runRetention(years.ground, KEEP, 1)).toEqual({ status: 'DONE', letGo: [], held: [] });
  });

  it('is at work no more once it has answered: an order right behind it is not told that it is busy', async () => {
    for (let order = 0; order < 30; order += 1)
      expect(await runRetention(years.ground, KEEP, 1)).toEqual({ status: 'DONE', letGo: [], held: [] });
  });

  it('says in the log what it did, on a stream of the month', async () => {
    const told = await years.rows<{ stream: string; data: { events: number } }>(
      `select stream, data from batch.event where type = 'MonthLetGo' order by stream`,
    );
    expect(told.map(({ stream }) => stream)).toEqual(due.map((month) => `retention-${month.slice(0, 7)}`));
    expect(told.map(({ data }) => data.events)).toEqual(due.map((month) => before.get(month)?.length));
    for (const [at, month] of due.entries()) expect(told[at]?.data).toMatchObject(omitMonth(await verifyArchive(archive(month))));
  });

  it('leaves everything in order: invariants, views and their rebuild', async () => {
    expect((await checkInvariants(years.pool)).filter(({ ok }) => !ok)).toEqual([]);
    expect((await compareViews(years.pool)).differences).toEqual([]);
    expect(await rebuildViews(years.pool, { verify: true })).toMatchObject({ differences: [], replaced: true });
    expect(await viewRows()).toEqual(views);
  });

  it('answers an idempotency key of a month that was let go with the run that it made', async () => {
    const [month = ''] = due;
    const [run] = await years.rows<{ run_id: string }>('select run_id from batch.idempotency_key where key = $1', [keyOf(month)]);
    const answer = await requestRun(years.deps, orderOf(month), { actor: 'test', idempotencyKey: keyOf(month) });
    expect(answer).toMatchObject({ status: 'accepted', repeated: true, run: { runId: run?.run_id, status: 'COMPLETED_WITH_FAILURES' } });
  });

  it('empties the work tables of what was let go, and no list of users is left of any run that has ended', async () => {
    expect(await years.rows('select from batch.chunk_work where run_month = any($1::date[])', [due])).toEqual([]);
    expect(
      await years.rows(
        `select from batch.chunk_work w join batch.run_view r using (run_id) where r.ended_at is not null and w.user_ids <> '{}'`,
      ),
    ).toEqual([]);
  });

  it('makes no month again that was let go', async () => {
    const [month = ''] = due;
    const made = years.rows(
      `select batch.append('run-x', 0, $1::date, gen_random_uuid(), 'test', gen_random_uuid(), null, '{RunStarted}', '{null}', '{"{}"}')`,
      [month],
    );
    await expect(made).rejects.toMatchObject({ code: 'BE010' });
  });

  it('reads an archive of before there was a chain', async () => {
    const earlier = await changed(years, archiveName(due[0] ?? ''), repack(ofFormat1));
    expect(earlier).toEqual({ month: due[0], ...omitMonth(earlier as Manifest) });
    expect(earlier).toMatchObject({ events: before.get(due[0] ?? '')?.length });
  });

  describe('finds an archive', () => {
    it.each([
      ['with a byte that was flipped', (whole: Buffer) => whole.fill((whole[200] ?? 0) ^ 1, 200, 201), 'cannot be unpacked'],
      ['that was cut off', (whole: Buffer) => whole.subarray(0, whole.length - 100), 'cannot be unpacked'],
      ['with a user changed for another', repack((text) => text.replace(/"subject":\d+,/, '"subject":4,')), 'sha256'],
      ['without one of its events', repack((text) => text.replace(/\n\{"position".*?\n/, '\n')), 'events'],
      ['with a version changed, and its manifest after it', remake((text) => text.replace('"version":1,', '"version":2,')), 'chain'],
      ['with an actor changed, and its manifest after it', remake((text) => text.replace('"actor":"test"', '"actor":"somebody"')), 'chain'],
      ['without an event, and its manifest after it', remake((text) => text.replace(/\n\{"position".*?\n/, '\n')), 'chain'],
      ['without a link, and its manifest after it', remake((text) => text.replace(/\n\["2.*?\n/, '\n')), 'chain'],
      [
        'with a link changed, and its manifest after it',
        remake((text) => text.replace(/"[0-9a-f]{64}"\]/, `"${'0'.repeat(64)}"]`)),
        'chain',
      ],
      ['with two events swapped', repack((text) => text.replace(/\n(\{"position".*)\n(\{"position".*)\n/, '\n$2\n$1\n')), 'sha256'],
      ['without its manifest', repack((text) => text.replace(/\n\{"manifest".*\n$/, '\n')), 'no manifest'],
      ['with something after its manifest', repack((text) => `${text}{}\n`), 'no event'],
      ['of something else', () => gzipSync('{"position":1}\n'), 'first line'],
      ['that is empty', () => gzipSync(''), 'first line'],
    ])('%s', async (_, edit, found) => {
      expect(await changed(years, archiveName(due[0] ?? ''), edit)).toMatch(new RegExp(`ArchiveDamaged: .*${found}`));
    });
  });
});

function omitMonth({ events, firstPosition, lastPosition, sha256 }: Manifest): object {
  return { events, firstPosition, lastPosition, sha256 };
}

/** What is found of an archive that was changed. */
async function changed({ archiveDir }: Years, name: string, edit: (whole: Buffer) => Buffer): Promise<unknown> {
  const path = join(archiveDir, 'changed');
  await writeFile(path, edit(await readFile(join(archiveDir, name))));
  return verifyArchive(path).catch((error: unknown) => String(error));
}

function repack(edit: (text: string) => string): (whole: Buffer) => Buffer {
  return (whole) => gzipSync(edit(gunzipSync(whole).toString('utf8')));
}

function ofFormat1(text: string): string {
  const lines = text.trimEnd().split('\n');
  const { manifest } = JSON.parse(lines.pop() ?? '') as { manifest: Manifest };
  const content = new Content(manifest.month, 1);
  const header = (lines.shift() ?? '').replace('"format":2', '"format":1');
  content.header(header);
  const events = lines.filter((line) => line.startsWith('{'));
  for (const line of events) content.add({ line, position: (JSON.parse(line) as { position: number }).position });
  return `${[header, ...events, JSON.stringify({ manifest: content.manifest() })].join('\n')}\n`;
}

/** As a hand does that knows the format: what the manifest counts and hashes is right again. */
function remake(edit: (text: string) => string): (whole: Buffer) => Buffer {
  return repack((text) => {
    const lines = edit(text).trimEnd().split('\n');
    const { manifest } = JSON.parse(lines.pop() ?? '') as { manifest: Manifest };
    const content = new Content(manifest.month);
    content.header(lines.shift() ?? '');
    for (const line of lines) {
      if (line.startsWith('[')) content.add({ line, position: null });
      else content.add({ line, position: (JSON.parse(line) as { position: number }).position });
    }
    return `${[JSON.stringify({ archive: 'IBSafe Batch log', format: 2, month: manifest.month }), ...lines, JSON.stringify({ manifest: content.manifest(manifest.head) })].join('\n')}\n`;
  });
}
