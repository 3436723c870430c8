/** Queries and mutations by POST (or GET, queries only), everything by WebSocket. */
export const GRAPHQL_PATH = '/graphql';
/** Everything by Server-Sent Events. */
export const STREAM_PATH = '/graphql/stream';
/** Whether the process lives: the one path that is answered before its turn. */
export const HEALTH_PATH = '/healthz';
/** The job dashboard: Agendash, for admins. */
export const DASHBOARD_PATH = '/dashboard';
/** GraphiQL and its assets. */
export const PLAYGROUND_PATH = '/playground';
/** The operator's console: its page, its screens' addresses and its files. */
export const CONSOLE_PATH = '/console';
/** Signing in and out, and who is signed in. */
export const SESSION_PATH = '/session';
/** Where an identity provider sends browsers back to: to be registered there, behind the service's public address. */
export const OIDC_RETURN_PATH = '/session/oidc/return';
