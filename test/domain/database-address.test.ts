import { describe, expect, it } from '@jest/globals';
import { parseAddress, PARAMETERS, type Address } from '../../src/database/address.js';
import { AddressError } from '../../src/database/url-parts.js';
import { readConfig } from '../../src/config/config.js';

const of = (url: string, environment = {}): Address => parseAddress(url, environment);

const reading = (): unknown => readConfig({ DATABASE_URL: 'postgresql://batch:hidden@db/ibsafe?sslmode=yes' });

/** What `parseAddress` says of a URL that it refuses. */
function refusal(url: string): string {
  try {
    of(url);
  } catch (error) {
    if (error instanceof AddressError) return error.message;
  }
  return 'nothing';
}

describe('an address of a database', () => {
  it.each<[string, Partial<Address>]>([
    [
      'postgresql://batch:secret@db.example:6432/ibsafe',
      { host: 'db.example', port: 6432, user: 'batch', password: 'secret', database: 'ibsafe' },
    ],
    ['postgres://db', { host: 'db', port: undefined, user: undefined, password: undefined, database: undefined }],
    ['postgresql:///ibsafe?host=/var/run/postgresql&port=5433', { host: '/var/run/postgresql', port: 5433, database: 'ibsafe' }],
    ['postgresql://batch@%2Fvar%2Frun%2Fpostgresql/ibsafe', { host: '/var/run/postgresql', user: 'batch', database: 'ibsafe' }],
    [
      'postgresql://db/ignored?host=other&port=7000&dbname=ibsafe&user=batch&password=s',
      { host: 'other', port: 7000, database: 'ibsafe', user: 'batch', password: 's' },
    ],
    ['postgresql://batch@[::1]:5433/ibsafe', { host: '::1', port: 5433, database: 'ibsafe' }],
    ['postgresql://[fe80::1%25eth0]/ibsafe', { host: 'fe80::1%eth0' }],
    ['postgresql://db.example/ibsafe?hostaddr=10.0.0.7', { host: 'db.example', hostAddress: '10.0.0.7' }],
    ['postgresql:///ibsafe?hostaddr=10.0.0.7', { host: undefined, hostAddress: '10.0.0.7' }],
    ['postgresql:///ibsafe?hostaddr=::1&port=5433', { host: undefined, hostAddress: '::1', port: 5433 }],
  ])('says where it is: %s', (url, expected) => {
    expect(of(url)).toMatchObject(expected);
  });

  it.each([
    ['p@ss', 'p%40ss'],
    ['a/b?c', 'a%2Fb%3Fc'],
    ['50% off', '50%25%20off'],
    ['비밀번호', encodeURIComponent('비밀번호')],
    ['with:colon', 'with:colon'],
    ['an@at', 'an@at'],
    ['num#ber', 'num#ber'],
    ["quote'\\", encodeURIComponent("quote'\\")],
  ])('gives back the password %s', (password, written) => {
    expect(of(`postgresql://batch:${written}@db/ibsafe`)).toMatchObject({ user: 'batch', password, host: 'db', database: 'ibsafe' });
  });

  it.each([
    ['disable', 'disable'],
    ['allow', 'prefer'],
    ['prefer', 'prefer'],
    ['require', 'require'],
    ['no-verify', 'require'],
    ['verify-full', 'verify-full'],
  ])('reads sslmode=%s', (written, mode) => {
    expect(of(`postgresql://db/ibsafe?sslmode=${written}`).tls.mode).toBe(mode);
  });

  it('encrypts where the server offers it, when nothing is said, and listens to libpq’s variables', () => {
    expect(of('postgresql://db').tls.mode).toBe('prefer');
    expect(of('postgresql://db?ssl=true').tls.mode).toBe('require');
    expect(of('postgresql://db', { PGSSLMODE: 'verify-full', PGSSLROOTCERT: '/ca.pem' }).tls).toMatchObject({
      mode: 'verify-full',
      rootCertificate: '/ca.pem',
    });
    expect(of('postgresql://db?sslmode=disable', { PGSSLMODE: 'verify-full' }).tls.mode).toBe('disable');
  });

  it.each([
    ['?sslrootcert=/ca.pem', {}, 'verify-ca'],
    ['', { PGSSLROOTCERT: '/ca.pem' }, 'verify-ca'],
    ['?sslrootcert=/ca.pem', { PGSSLMODE: '' }, 'verify-ca'],
    ['?sslrootcert=system', {}, 'verify-full'],
    ['', { PGSSLROOTCERT: 'system' }, 'verify-full'],
    ['?sslrootcert=/ca.pem', { PGSSLMODE: 'verify-full' }, 'verify-full'],
    ['?sslmode=disable', { PGSSLROOTCERT: '/ca.pem' }, 'disable'],
    ['', { PGSSLROOTCERT: '' }, 'prefer'],
  ])('knows the server by a root certificate that is given without a mode: %s %j', (query, environment, mode) => {
    expect(of(`postgresql://db/ibsafe${query}`, environment).tls.mode).toBe(mode);
  });

  it.each([
    ['sslmode=prefer', { PGSSLROOTCERT: '/ca.pem' }],
    ['sslrootcert=/ca.pem', { PGSSLMODE: 'prefer' }],
    ['sslmode=allow', { PGSSLROOTCERT: 'system' }],
  ])('refuses a root certificate beside a mode that would not look at it: %s %j', (query, environment) => {
    expect(() => of(`postgresql://db/ibsafe?${query}`, environment)).toThrow(AddressError);
  });

  it('keeps everything else that a connection is made with', () => {
    const query =
      'sslmode=verify-ca&sslrootcert=/ca.pem&sslcert=/c.pem&sslkey=/k.pem&sslpassword=x&sslcrl=/crl.pem&ssl_min_protocol_version=TLSv1.3&sslnegotiation=direct' +
      '&channel_binding=require&options=-c%20work_mem%3D8MB&application_name=nightly&connect_timeout=3&keepalives_idle=9';
    expect(of(`postgresql://db/ibsafe?${query}`)).toMatchObject({
      tls: {
        mode: 'verify-ca',
        rootCertificate: '/ca.pem',
        certificate: '/c.pem',
        key: '/k.pem',
        keyPassword: 'x',
        revoked: '/crl.pem',
        leastVersion: 'TLSv1.3',
        isDirect: true,
      },
      mustBindChannel: true,
      options: '-c work_mem=8MB',
      applicationName: 'nightly',
      connectMs: 3_000,
      keepAlive: true,
      keepAliveIdleMs: 9_000,
    });
    expect(of('postgresql://db?options=-c+work_mem%3D8MB').options).toBe('-c work_mem=8MB');
    expect(of('postgresql://db?options=-c+search_path%3Da%2Bb').options).toBe('-c search_path=a+b');
    expect(of('postgresql://db?keepalives=0&connect_timeout=0')).toMatchObject({ keepAlive: false, connectMs: 0 });
  });
});

describe('an address that cannot be followed is refused in a sentence:', () => {
  it.each([
    ['mysql://db/ibsafe', /begins with postgresql:\/\//],
    ['postgresql://batch:50%off@db/ibsafe', /the password is percent-encoded/],
    ['postgresql://db/ibsafe?sslmode=maybe', /sslmode is disable, allow, prefer/],
    ['postgresql://db/ibsafe?sslmode=verify-ca', /sslrootcert=<file> beside sslmode=verify-ca/],
    ['postgresql://db/ibsafe?sslmode=require&sslrootcert=system', /sslmode=verify-full beside sslrootcert=system/],
    ['postgresql://db/ibsafe?sslmode=prefer&sslrootcert=/ca.pem', /sslmode=verify-ca or verify-full.*sslmode=prefer takes/],
    ['postgresql://db/ibsafe?sslmode=allow&sslrootcert=/ca.pem', /sslmode=allow takes/],
    ['postgresql:///ibsafe?hostaddr=10.0.0.7&sslmode=verify-full', /a host beside hostaddr/],
    ['postgresql://db/ibsafe?hostaddr=db.example', /hostaddr is an address/],
    ['postgresql://db/ibsafe?hostaddr=/var/run/postgresql', /hostaddr is an address/],
    ['postgresql://db/ibsafe?sslcrl=/crl.pem', /beside sslcrl: with sslmode=prefer/],
    ['postgresql://db/ibsafe?sslmode=require&sslcrl=/crl.pem', /beside sslcrl: with sslmode=require/],
    ['postgresql://db/ibsafe?sslmode=no-verify&sslcrl=/crl.pem', /beside sslcrl: with sslmode=no-verify/],
    ['postgresql://db/ibsafe?sslmode=disable&sslcrl=/crl.pem', /beside sslcrl: with sslmode=disable/],
    ['postgresql://db/ibsafe?sslcert=/c.pem', /both sslcert and sslkey/],
    ['postgresql://db/ibsafe?sslnegotiation=direct', /beside sslnegotiation=direct/],
    ['postgresql://one,two/ibsafe', /one host and port/],
    ['postgresql://one:5432,two:5433/ibsafe?target_session_attrs=read-write', /one host and port/],
    ['postgresql://batch:c2/VjcmV0@db:5432/ibsafe', /every \/ and \? of the user and the password is percent-encoded/],
    ['postgresql://batch:what?ever@db/ibsafe', /every \/ and \? of the user and the password is percent-encoded/],
    ['postgresql://db:99999/ibsafe', /the port is a whole number up to 65535/],
    ['postgresql://::1/ibsafe', /IPv6 in brackets/],
    ['postgresql://db/ibsafe?pgbouncer=true', /without the parameter pgbouncer/],
    ['postgresql://db/ibsafe?schema=public&connection_limit=5', /without the parameter schema, connection_limit/],
    ['postgresql://db/ibsafe?statement_timeout=5', /BATCH_STATEMENT_MS/],
    ['postgresql://db/ibsafe?client_encoding=LATIN1', /client_encoding is UTF8/],
    ['postgresql://db/ibsafe?gssencmode=require', /gssencmode is disable or prefer/],
    ['postgresql://db/ibsafe?target_session_attrs=standby', /target_session_attrs is any or read-write or primary/],
    ['postgresql://db/ibsafe?sslmode', /written name=value/],
    ['postgresql://db/ibsafe?connect_timeout=soon', /connect_timeout is a whole number/],
  ])('%s', (url, sentence) => {
    expect(refusal(url)).toMatch(sentence);
  });

  it('never with a user, a password or an unknown word of it', () => {
    const secrets = ['hidden', 'unwritten'];
    const urls = [
      'postgresql://hidden:unwritten@one,two/x',
      'postgresql://hidden:unwritten%@db/x',
      'postgresql://db/x?password=unwritten&user=hidden&nonsense=1',
      'postgresql://db/x?hid%20den=unwritten',
      'hidden://unwritten',
    ];
    for (const url of urls) {
      expect(refusal(url)).toMatch(/^a URL (with|in which|that begins)/);
      for (const secret of secrets) expect(refusal(url)).not.toContain(secret);
    }
  });

  it('which the configuration passes on, for every command', () => {
    expect(reading).toThrow(/DATABASE_URL: expected a URL whose sslmode is disable.*\(not shown\)/s);
    expect(reading).not.toThrow(/hidden/);
  });

  it('with every parameter that libpq knows either understood or refused by name', () => {
    const known: readonly string[] = PARAMETERS;
    const libpq = [
      'passfile',
      'require_auth',
      'service',
      'replication',
      'requirepeer',
      'sslcrldir',
      'sslcertmode',
      'krbsrvname',
      'gsslib',
      'gssdelegation',
      'load_balance_hosts',
      'tcp_user_timeout',
      'keepalives_interval',
      'keepalives_count',
    ];
    for (const name of libpq.filter((each) => !known.includes(each)))
      expect(refusal(`postgresql://db?${name}=1`)).toContain(`the parameter ${name},`);
  });
});
