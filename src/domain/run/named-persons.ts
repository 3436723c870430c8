/** The persons whom an event names beside its own user: those that a run was asked for. */
export function personsNamed(data: unknown): readonly number[] {
  return ((data ?? {}) as { readonly userIds?: readonly number[] }).userIds ?? [];
}
