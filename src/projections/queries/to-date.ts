/** MikroORM leaves times of a raw statement as PostgreSQL writes them: makes a Date of one, whatever the driver gave. */
export function toDate<T extends Date | null>(at: T | string): T {
  return (typeof at === 'string' ? new Date(at) : at) as T;
}
