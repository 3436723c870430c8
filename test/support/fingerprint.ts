import { openPool } from '../../src/database/pool.js';

/** Every event and every advice, without what differs from cluster to cluster. Subjects are drawn, and outcomes of an append come in their order: neither is part of what was told. */
export async function fingerprint(url: string): Promise<string> {
  const pool = openPool({ url, max: 1, name: 'test', onError: () => undefined });
  try {
    const { rows } = await pool.query<{ hash: string }>(
      `select md5((select string_agg(concat_ws(' ', stream, case when subject is null then version end, type, user_id, data, actor, recorded_at), E'\\n' order by stream, user_id, version)
        from batch.event)
        || (select string_agg(i::text, E'\\n' order by id) from public.ibsafe_interventionrecord i)) as hash`,
    );
    return rows[0]?.hash ?? '';
  } finally {
    await pool.end();
  }
}
