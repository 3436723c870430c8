/** An upsert of one row by its first column. `columns` are ours, never a caller's. */
export function upsertSql(table: string, columns: readonly string[]): string {
  const [key, ...rest] = columns;
  const places = columns.map((_, at) => `$${at + 1}`).join(', ');
  const changes = rest.map((column) => `${column} = excluded.${column}`).join(', ');
  return `insert into ${table} (${columns.join(', ')}) values (${places}) on conflict (${key}) do update set ${changes}`;
}
