/** Ways by which persons' data is read. IBSafe's REST calls are none: they tell of schedules and tasks. */
export const READ_WAYS = ['GRAPHQL', 'EXPORT', 'COMMAND'] as const;
export type ReadWay = (typeof READ_WAYS)[number];
