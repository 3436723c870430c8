import { type Said, sentencesOf, type Told } from '../domain/said.js';

/** What settings are to be, and what is wrong with them. In Korean: `data/codes`, group `Setting`. */
export const SETTINGS = sentencesOf('Setting', {
  WHOLE: 'a whole number from {least} to {most}',
  ONE_OF: 'one of {words}',
  TIME_ZONE: 'an IANA time zone such as Asia/Seoul',
  SECRET_BYTES:
    'a secret of at least 32 bytes, such as "openssl rand -base64 48" prints, and without quotes, blanks or line breaks around it',
  KEY_SET_URL: 'a URL that begins with https:// (http:// only on this machine) and holds no password',
  ORIGINS:
    'origins as browsers write them, with commas and no blanks between them, such as https://app.ibsafe.example (http:// only on this machine)',
  SCOPES: 'scopes with blanks between them, openid among them',
  ROLE_MAP: 'values of the claim with their roles, such as ibsafe-admins=admin;night-team=operator;staff=viewer',
  ENDPOINT_URL: 'a URL that begins with https:// or http://, such as http://127.0.0.1:11434/v1, and holds no password, query or fragment',
  DOLLARS: 'an amount in US$ such as 0.15',
  LISTEN_ADDRESS:
    'an address or a name of this machine such as 127.0.0.1, ::1 or localhost, without brackets, blanks or a port, which has a setting of its own',
  FOLDER: 'a folder, without quotes, blanks or line breaks around its path',
  BARE_TEXT: 'a text without quotes, blanks or line breaks around it, and without control characters',
  MODEL_NAME: 'the name of a model as the endpoint knows it, such as gpt-oss:20b',
  PROMPT_VERSION: 'the version of a prompt as its file is named, such as daily-3',
  ASCII_KEY: 'a key of printable ASCII characters without spaces, and without quotes around it',
  WEBHOOK_URL: 'a URL that begins with https:// (http:// only on this machine) and holds no user name, password or fragment',
  SMTP_URL:
    'a URL such as smtps://user:password@mail.example.org:465, or smtp://mail.example.org:587, with user and password percent-encoded (a % itself is %25)',
  MONGODB_URL:
    'a URL such as mongodb://user:password@db1:27017,db2:27017/jobs?replicaSet=rs0, or mongodb+srv://host/jobs, with user and password percent-encoded (a % itself is %25)',
  MONGODB_OPTION:
    'MONGODB_URL: the driver of MongoDB does not take it. Correct what stands after the "?": each option has the name and the values that MongoDB gives it, such as replicaSet=rs0',
  EMAIL: 'an address such as batch@example.org',
  EMAILS: 'one to 20 addresses with commas between them',
  CONSOLE_URL:
    'the address of the service as browsers know it, such as https://batch.example.org, without a path (http:// only on this machine)',
  OTLP_HEADERS: 'headers as name=value with commas between them, such as authorization=Bearer%20abc',
  UNUSABLE: 'The configuration cannot be used:',
  EXPECTED: '{name}: expected {expected}, found {found}',
  NOT_SHOWN: 'a text of {length} characters (not shown)',
  UNKNOWN: '{name}: no such variable. See .env.example for those that are read',
  UNKNOWN_MEANT: '{name}: no such variable (is {meant} meant?). See .env.example for those that are read',
  ENV_QUOTES: '{name} (line {line} of {file}): its quotes do not enclose it: put the whole value into quotes that are not in it',
  ENV_HASH: '{name} (line {line} of {file}): a "#" is in it, where many readers end a value: put the value into quotes',
  ENV_COMMENT:
    '{name} (line {line} of {file}): a "#" follows it, which may be a comment or a part of the secret: put the value into quotes',
  ENV_TWICE: '{name} (line {line} of {file}): line {first} says otherwise: keep one of the two',
  SAME_PORT: 'METRICS_PORT: expected another port than that of PORT, found {port} for both',
  NO_AUTHENTICATION: 'NODE_ENV: production needs authentication, found none. Set {ways}',
  OPEN_TO_OTHERS: 'HOST: other machines can reach {host}, and every caller would be admin. Set {ways}, or HOST=127.0.0.1',
  WAYS: 'AUTH_JWT_SECRET, AUTH_JWKS_URL, AUTH_IBSAFE_JWT_SECRET, OIDC_ISSUER or AUTH_API_KEYS=on',
  USELESS: '{name}: of no use without {other}',
  USELESS_OF_TWO: '{name}: of no use without {one} or {other}',
  NEEDED: '{name}: needed with {other}, found nothing',
  SHARED_SECRET:
    'AUTH_JWT_SECRET: expected a secret of its own, found that of AUTH_IBSAFE_JWT_SECRET, with which patients’ tokens are signed',
  NO_MODEL:
    'GENERATOR is LLM, and no model is set. Set LLM_BASE_URL to an OpenAI-compatible endpoint, such as http://127.0.0.1:11434/v1 of Ollama, and LLM_MODEL to a model that it has.',
  NO_MODEL_NAME: 'LLM_BASE_URL is set, and LLM_MODEL is not. Set LLM_MODEL to a model that the endpoint has, such as gpt-oss:20b.',
  NO_PRICES: 'LLM_RUN_BUDGET needs prices to count with. Set LLM_PRICE_INPUT and LLM_PRICE_OUTPUT, in US$ per million tokens.',
  NO_CANDIDATE_DATA: 'ADVICE_CANDIDATE_DIR: expected a folder "points" or a folder "prompts" in it, found neither',
  HALF_A_MAIL: 'E-mail needs ALERT_SMTP_URL, ALERT_EMAIL_FROM and ALERT_EMAIL_TO. Set all three, or none.',
  NO_ARCHIVE_FOLDER:
    'RETENTION_KEEP_MONTHS: months are archived before they are let go, and with DATABASE_URL there is no folder for that until RETENTION_ARCHIVE_DIR names one that lasts and is backed up',
  KEYS_OFF: 'AUTH_API_KEYS is off: a service with these settings takes tokens and no keys. Set AUTH_API_KEYS=on and start it again.',
  KEYS_OFF_AND_OPEN:
    'AUTH_API_KEYS is off: a service with these settings asks no caller for a key. Set AUTH_API_KEYS=on and start it again.',
  KEYS_AUTO_AND_OPEN:
    'AUTH_API_KEYS is auto, and no other way to know callers is set: a service with these settings asks no caller for a key. Set AUTH_API_KEYS=on and start it again.',
});

/** What was said, by its English: a schema keeps a text alone. */
const SAID = new Map<string, Said>();

/** The English of what a setting is to be, as a schema keeps it; `saidOf` has it in other languages. */
export function kept({ text, said }: Told): string {
  SAID.set(text, said);
  return text;
}

/** What was said by a text that `kept` gave; the text itself for another. */
export function saidOf(text: string): Said | string {
  return SAID.get(text) ?? text;
}
