/** Queries and mutations by POST (or GET, queries only), everything by WebSocket. */
export const GRAPHQL_PATH = '/graphql';
/** Everything by Server-Sent Events. */
export const STREAM_PATH = '/graphql/stream';
/** The job dashboard: Agendash, for admins. */
export const DASHBOARD_PATH = '/dashboard';
/** GraphiQL and its assets. */
export const PLAYGROUND_PATH = '/playground';
