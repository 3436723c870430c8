/** Begins a transaction that a test holds open as long as it likes: on a busy machine that may be longer than the server lets others be idle in theirs. */
export const BEGIN_HELD = 'begin; set local idle_in_transaction_session_timeout = 0';
