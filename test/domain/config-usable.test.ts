import { describe, expect, it } from '@jest/globals';
import { configuredChannels } from '../../src/alerts/alert-settings.js';
import { type Config, readConfig } from '../../src/config/config.js';
import { timeZoneName } from '../../src/domain/schedule/time-zone.js';
import { requireUsable } from '../../src/runtime/require-usable.js';
import { refusalOf } from '../support/config-refusal.js';

const MAIL = { ALERT_EMAIL_FROM: 'batch@example.org', ALERT_EMAIL_TO: 'night@example.org' };

/** Values that look right, and that no part of the service could have used. */
const UNUSABLE: readonly (readonly [string, readonly string[]])[] = [
  ['ALERT_SMTP_URL', ['smtp://user:100%@mail.example.org', 'smtps://us%er:pw@mail.example.org', 'smtp://user:%ff@mail.example.org']],
  ['OTEL_EXPORTER_OTLP_HEADERS', ['authorization=%ff', 'authorization=a%0d%0ab', 'a=b,c=%00', 'a=%ED%95%9C']],
  ['BATCH_TIME_ZONE', ['+09:00', '-03', 'GMT+25', '']],
  [
    'HOST',
    [' ', '127.0.0.1 ', 'http://127.0.0.1', '\t', '256.1.1.1', '127.1', '0', '0x7f000001', '127.0.0.1:4000', 'localhost:4000', '[::1]', '::1:::', 'a..b', '.', '*', '-a', 'a'.repeat(64), `${'a.'.repeat(130)}b`, '서버'], // prettier-ignore
  ],
  ['METRICS_HOST', [' ', '0.0.0.0/0', '10.0.0.300', '[::]:9464']],
  ['DATA_DIR', [' ', '\t \n', '"/data"', "'/data'", '/data\r', '/data\n', ' /data', '/data\u0001']],
  ['RETENTION_ARCHIVE_DIR', [' ', '"/archive"']],
  ...['AUTH_JWT_SECRET', 'AUTH_IBSAFE_JWT_SECRET', 'ALERT_WEBHOOK_SECRET'].map((name) => [name, [`"${'x'.repeat(40)}"`, `${'x'.repeat(40)}\n`, `\ufeff${'x'.repeat(40)}`]] as const), // prettier-ignore
  ...['AUTH_JWT_ISSUER', 'AUTH_JWT_AUDIENCE', 'AUTH_ROLE_CLAIM', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_ROLES_CLAIM'].map((name) => [name, ['"batch"', "'batch'", 'batch\r', ' batch', 'ba\ttch']] as const), // prettier-ignore
  [
    'MONGODB_URL',
    ['mongodb://', 'mongodb://user:p@ss@db', 'mongodb://user:100%@db', 'mongodb://db:99999', 'mongodb://db:27017x', 'mongodb://a,,b', 'mongodb+srv://db:27017', 'mongodb://db/jobs#x', 'mongo://db'], // prettier-ignore
  ],
];

/** What deployments write, and the parts of it that are less usual. */
const USABLE: readonly (readonly [string, readonly string[]])[] = [
  ['ALERT_SMTP_URL', ['smtps://user:100%25@mail.example.org:465', 'smtp://mail.example.org', 'smtp://a%40b.org:p%C3%BC@[::1]:25']],
  ['OTEL_EXPORTER_OTLP_HEADERS', ['authorization=Bearer%20abc', 'a=b,c=d%2Ce']],
  ['BATCH_TIME_ZONE', ['Asia/Seoul', 'asia/seoul', 'UTC', 'Etc/GMT-9']],
  [
    'HOST',
    [
      '127.0.0.1',
      '::',
      'fe80::1%eth0',
      '::ffff:10.0.0.1',
      'localhost',
      'api-1.batch.svc.cluster.local',
      'my_host',
      '1.example.org',
      'host.',
    ],
  ],
  ['DATA_DIR', ['.data', '/var/lib/a folder', '데이터', `it's`, '"a" and "b" of it']],
  ['AUTH_JWT_SECRET', [`'${'x'.repeat(40)}`, 'a secret of words, with blanks within']],
  [
    'MONGODB_URL',
    ['mongodb://db', 'mongodb://u:p%40ss@a:27017,b:27018/jobs?replicaSet=rs0&authSource=admin', 'mongodb+srv://u:p@cluster.example.org/jobs', 'mongodb://[::1]:27017/', 'mongodb://%2Ftmp%2Fmongodb-27017.sock'], // prettier-ignore
  ],
];

const each = (list: typeof USABLE): string[][] => list.flatMap(([name, values]) => values.filter(Boolean).map((value) => [name, value]));

describe('A setting', () => {
  it.each(each(UNUSABLE))('%s is refused by its name before anything is made where it cannot be used: %j', (name, value) => {
    const problem = refusalOf({ ...MAIL, [name]: value });
    expect(problem).toMatch(new RegExp(`^The configuration cannot be used:\n  ${name}: expected .+, found .+$`));
  });

  it.each(each(USABLE))('%s is taken, and what uses it takes it: %j', async (name, value) => {
    const config = readConfig({ ...MAIL, ALERT_SMTP_URL: 'smtp://localhost', [name]: value });
    await expect(requireUsable({ ...config, AUTH_API_KEYS: 'on' }, 'all')).resolves.toBeUndefined();
    expect(configuredChannels(config).map(({ name: channel }) => channel)).toEqual(['EMAIL']);
    expect(timeZoneName(config.BATCH_TIME_ZONE)).toBeDefined();
  });
});

describe('Settings that each are right', () => {
  it.each([
    ['half of a mail', { ALERT_SMTP_URL: 'smtp://localhost' }, /ALERT_EMAIL_FROM/],
    ['one port for two', { PORT: '4000', METRICS_PORT: '4000' }, /METRICS_PORT: expected another port than that of PORT, found 4000/],
    [
      'an option that MongoDB does not have',
      { MONGODB_URL: 'mongodb://u:hidden@db/jobs?replicaset=a&repliset=rs0' },
      /MONGODB_URL: .* after the "\?"/,
    ],
    ['a value that MongoDB does not have', { MONGODB_URL: 'mongodb://u:hidden@db/jobs?readPreference=hidden' }, /MONGODB_URL: /],
  ])('are refused together before anything is made: %s', async (_what, environment, expected) => {
    const found = await requireUsable(readConfig(environment as Record<string, string>), 'all').then(
      () => 'nothing',
      (error: unknown) => (error as Error).message,
    );
    expect(found).toMatch(expected);
    expect(found).toMatch(/^The configuration cannot be used:|^E-mail needs/m);
    expect(found).not.toContain('hidden');
  });

  it('are no trouble for a process that does not use both', async () => {
    const config: Config = readConfig({ PORT: '4000', METRICS_PORT: '4000', ALERT_SMTP_URL: 'smtp://localhost' });
    await expect(requireUsable(config, 'worker')).resolves.toBeUndefined();
  });
});
