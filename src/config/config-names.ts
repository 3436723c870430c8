/** Variables whose value is never shown. */
export const SECRETS = new Set([
  'DATABASE_URL',
  'MONGODB_URL',
  'LLM_API_KEY',
  'LLM_CANDIDATE_API_KEY',
  'AUTH_JWT_SECRET',
  'AUTH_IBSAFE_JWT_SECRET',
  'AUTH_JWKS_URL',
  'OIDC_CLIENT_SECRET',
  'ALERT_WEBHOOK_URL',
  'ALERT_WEBHOOK_SECRET',
  'ALERT_SMTP_URL',
  'ALERT_DEAD_MAN_URL',
  'OTEL_EXPORTER_OTLP_HEADERS',
]);

/** Prefixes that are ours alone: a variable with one of them that is read nowhere is a typing error. */
export const OUR_PREFIXES = [
  'BATCH_',
  'WORKER_',
  'DEMO_',
  'ADVICE_',
  'AUTH_',
  'LLM_',
  'SESSION_',
  'CONSOLE_',
  'OIDC_',
  'ALERT_',
  'RETENTION_',
  'READ_AUDIT_',
  'METRICS_',
];
