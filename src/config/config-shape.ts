import { z } from 'zod';
import { MODEL_NAME } from '../domain/outcome.js';
import { PROMPT_VERSION } from '../domain/recall/recall-cause.js';
import { KEEP_RANGE } from '../domain/retention/retention.js';
import { addresses, consoleUrl, emailAddress, mongoUrl, otlpHeaders, smtpUrl, webhookUrl } from './config-addresses.js';
import {
  bareText,
  choice,
  databaseUrl,
  dollars,
  endpointUrl,
  folder,
  keySetUrl,
  listenAddress,
  origins,
  roleMap,
  scopes,
  signingSecret,
  timeZone,
  whole,
} from './config-values.js';
import { kept, SETTINGS } from './config-words.js';

const { tell } = SETTINGS;

/** Every variable with what it may be. The pages and .env.example are made of it (`npm run pages`). */
export const shape = {
  NODE_ENV: choice(['development', 'production', 'test']).default('development'),
  HOST: listenAddress.default('127.0.0.1'),
  PORT: whole(0, 65_535).default(4000),
  METRICS_HOST: listenAddress.default('127.0.0.1'),
  METRICS_PORT: whole(0, 65_535).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: endpointUrl.optional(),
  OTEL_EXPORTER_OTLP_HEADERS: otlpHeaders.optional(),
  DATA_DIR: folder.default('.data'),
  DATABASE_URL: databaseUrl.optional(),
  MONGODB_URL: mongoUrl.optional(),
  LOG_LEVEL: choice(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  LOG_FILE_MB: whole(1, 10_000).default(10),
  LOG_FILES: whole(0, 100).default(4),
  GENERATOR: choice(['RULES', 'LLM']).default('RULES'),
  ADVICE_LANGUAGE: choice(['ko', 'en']).default('ko'),
  ADVICE_ONLY_REVIEWED: choice(['true', 'false']).default('false'),
  LLM_BASE_URL: endpointUrl.optional(),
  LLM_MODEL: z
    .string()
    .regex(MODEL_NAME, kept(tell('MODEL_NAME')))
    .optional(),
  LLM_API_KEY: z
    .string()
    .regex(/^(?!["'].*["']$)[\x21-\x7e]+$/, kept(tell('ASCII_KEY')))
    .optional(),
  LLM_STRUCTURED_OUTPUT: choice(['auto', 'on', 'off']).default('auto'),
  LLM_TIMEOUT_MS: whole(100, 3_600_000).default(60_000),
  LLM_LOAD_MS: whole(1_000, 3_600_000).default(600_000),
  LLM_MAX_OUTPUT_TOKENS: whole(100, 128_000).default(4_000),
  LLM_CONCURRENCY: whole(1, 1_024).default(16),
  LLM_REQUESTS_PER_MINUTE: whole(1, 1_000_000).optional(),
  LLM_TOKENS_PER_MINUTE: whole(1, 1_000_000_000).optional(),
  LLM_FALLBACK: choice(['RULES', 'NONE']).default('RULES'),
  LLM_ON_OUTAGE: choice(['PAUSE', 'RULES']).default('PAUSE'),
  LLM_MODE: choice(['CALLS', 'BATCH']).default('CALLS'),
  LLM_BATCH_PRICE_PERCENT: whole(0, 100).default(50),
  LLM_BATCH_WINDOW_MS: whole(1_000, 604_800_000).default(86_400_000),
  LLM_BATCH_POLL_MS: whole(50, 3_600_000).default(30_000),
  LLM_BATCH_CANCEL_MS: whole(100, 3_600_000).default(60_000),
  LLM_PRICE_INPUT: dollars.default(0),
  LLM_PRICE_CACHED_INPUT: dollars.optional(),
  LLM_PRICE_OUTPUT: dollars.default(0),
  LLM_RUN_BUDGET: dollars.optional(),
  LLM_CANDIDATE_BASE_URL: endpointUrl.optional(),
  LLM_CANDIDATE_MODEL: z
    .string()
    .regex(MODEL_NAME, kept(tell('MODEL_NAME')))
    .optional(),
  LLM_CANDIDATE_API_KEY: z
    .string()
    .regex(/^(?!["'].*["']$)[\x21-\x7e]+$/, kept(tell('ASCII_KEY')))
    .optional(),
  LLM_CANDIDATE_PROMPT: z
    .string()
    .regex(PROMPT_VERSION, kept(tell('PROMPT_VERSION')))
    .optional(),
  LLM_CANDIDATE_PRICE_INPUT: dollars.optional(),
  LLM_CANDIDATE_PRICE_CACHED_INPUT: dollars.optional(),
  LLM_CANDIDATE_PRICE_OUTPUT: dollars.optional(),
  ADVICE_CANDIDATE_DIR: folder.optional(),
  BATCH_TIME_ZONE: timeZone.default('Asia/Seoul'),
  BATCH_CHUNK_SIZE: whole(1, 10_000).default(1_000),
  BATCH_LEASE_MS: whole(1_000, 3_600_000).default(60_000),
  BATCH_POLL_MS: whole(20, 60_000).default(500),
  BATCH_CHUNK_TAKEOVERS: whole(1, 100).default(3),
  BATCH_RETRY_ATTEMPTS: whole(1, 50).default(8),
  BATCH_FAILURE_PAUSE_PERCENT: whole(1, 100).default(50),
  BATCH_FAILURE_PAUSE_MIN_USERS: whole(1, 1_000_000).default(100),
  BATCH_SWEEP_MS: whole(100, 600_000).default(5_000),
  BATCH_SYNC_MS: whole(1_000, 3_600_000).default(180_000),
  BATCH_GRACE_MS: whole(500, 600_000).default(8_000),
  BATCH_STATEMENT_MS: whole(1_000, 3_600_000).default(60_000),
  BATCH_LAG_ALARM_MS: whole(100, 3_600_000).default(10_000),
  BATCH_GIVE_WAY: choice(['auto', 'on', 'off']).default('off'),
  BATCH_LATE_DATA_UNTIL: whole(0, 23).optional(),
  BATCH_LATE_DATA_EVERY_MS: whole(1_000, 3_600_000).default(600_000),
  BATCH_OPERATION_PRICE: whole(1_000, 10_000_000).default(50_000),
  BATCH_OPERATION_MS: whole(100, 3_600_000).default(15_000),
  BATCH_OPERATIONS_PER_CALLER: whole(1, 1_000).default(16),
  BATCH_SUBSCRIPTIONS_PER_CALLER: whole(1, 100_000).default(1_000),
  BATCH_INTROSPECTION: choice(['auto', 'on', 'off']).default('auto'),
  AUTH_JWT_SECRET: signingSecret.optional(),
  AUTH_JWKS_URL: keySetUrl.optional(),
  AUTH_JWT_ISSUER: bareText.optional(),
  AUTH_JWT_AUDIENCE: bareText.optional(),
  AUTH_ROLE_CLAIM: bareText.default('batch_role'),
  AUTH_IBSAFE_JWT_SECRET: signingSecret.optional(),
  AUTH_API_KEYS: choice(['auto', 'on', 'off']).default('auto'),
  CONSOLE_URL: consoleUrl.optional(),
  OIDC_ISSUER: keySetUrl.optional(),
  OIDC_CLIENT_ID: bareText.optional(),
  OIDC_CLIENT_SECRET: bareText.optional(),
  OIDC_SCOPES: scopes.default('openid'),
  OIDC_ROLES_CLAIM: bareText.default('groups'),
  OIDC_ROLES: roleMap.optional(),
  CONSOLE_APP_ORIGINS: origins.optional(),
  SESSION_IDLE_MINUTES: whole(1, 10_080).default(480),
  SESSION_HOURS: whole(1, 720).default(24),
  SESSION_KEEP_DAYS: whole(1, 3_650).default(730),
  ALERT_WEBHOOK_URL: webhookUrl.optional(),
  ALERT_WEBHOOK_SECRET: signingSecret.optional(),
  ALERT_WEBHOOK_FORMAT: choice(['json', 'slack', 'teams', 'discord']).default('json'),
  ALERT_SMTP_URL: smtpUrl.optional(),
  ALERT_EMAIL_FROM: emailAddress.optional(),
  ALERT_EMAIL_TO: addresses.optional(),
  ALERT_LANGUAGE: choice(['ko', 'en']).optional(),
  ALERT_FAILURES_PERCENT: whole(0, 100).default(1),
  ALERT_READY_PERCENT: whole(1, 100).default(99),
  ALERT_PATIENCE_MS: whole(100, 3_600_000).default(30_000),
  ALERT_TIMEOUT_MS: whole(100, 60_000).default(10_000),
  RETENTION_KEEP_MONTHS: whole(KEEP_RANGE.least, KEEP_RANGE.most).optional(),
  RETENTION_ARCHIVE_DIR: folder.optional(),
  RETENTION_EVERY_MS: whole(100, 86_400_000).default(3_600_000),
  READ_AUDIT_KEEP_DAYS: whole(1, 36_500).default(1_095),
  ALERT_DEAD_MAN_URL: webhookUrl.optional(),
  ALERT_DEAD_MAN_MS: whole(100, 86_400_000).default(300_000),
  WORKER_LANES: whole(1, 64).default(4),
  DEMO_USERS: whole(0, 1_000_000).default(1_000),
  DEMO_DAYS: whole(1, 400).default(75),
  DEMO_SEED: whole(0, 4_294_967_295).default(1),
} as const;
