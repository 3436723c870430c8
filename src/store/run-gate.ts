/**
 * CTEs that pass a run's gate, for statements whose `$1` is the run: everybody who writes one of its chunks passes together (`SHARED`), a writer who
 * decides about the run passes alone. Held until the transaction ends; join `gate` to have it evaluated.
 *
 * The locks on the run's row are not enough. PostgreSQL grants a shared one past a session that waits for the exclusive one, so lanes whose
 * transactions overlap would keep an order to pause or cancel waiting until nothing is left of the run. Advisory locks are granted in turn.
 */
export const RUN_GATE = {
  SHARED: gate('pg_advisory_xact_lock_shared'),
  ALONE: gate('pg_advisory_xact_lock'),
} as const;

function gate(lock: string): string {
  return `with gate as materialized (select ${lock}(hashtextextended($1::uuid::text, 0)) as passed)`;
}
