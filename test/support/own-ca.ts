import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate and its key, as files. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** An authority of the test's own. */
export interface OwnAuthority {
  /** The file by which its certificates are known. */
  readonly root: string;
  /** Makes a certificate for a name, and for the subjects that a server is found under, such as `DNS:localhost`. One of -1 day has expired. */
  issue(name: string, subjects: string, days?: number): Certificate;
}

const DAYS = 2;
const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Makes one in a folder, with openssl. */
export function ownAuthority(folder: string, name: string): OwnAuthority {
  const file = (ending: string): string => join(folder, `${name}.${ending}`);
  openssl('req', '-x509', ...KEY, '-days', String(DAYS), '-subj', `/CN=${name}`, '-keyout', file('key'), '-out', file('pem'));
  return {
    root: file('pem'),
    issue(subject, subjects, days = DAYS) {
      const [key, request, certificate, extensions] = ['key', 'csr', 'pem', 'ext'].map((ending) => join(folder, `${name}-${subject}.${ending}`)) as [string, string, string, string]; // prettier-ignore
      openssl('req', ...KEY, '-subj', `/CN=${subject}`, '-keyout', key, '-out', request);
      writeFileSync(extensions, `subjectAltName=${subjects}\n`);
      openssl(
        'x509',
        '-req',
        '-days',
        String(days),
        '-in',
        request,
        '-CA',
        file('pem'),
        '-CAkey',
        file('key'),
        '-CAcreateserial',
        '-extfile',
        extensions,
        '-out',
        certificate,
      );
      return { certificate, key };
    },
  };
}

function openssl(...args: readonly string[]): void {
  execFileSync('openssl', [...args], { stdio: 'pipe' });
}

/** Why there can be no authority here; undefined when there can. */
export function missingOpenssl(): string | undefined {
  try {
    execFileSync('openssl', ['version'], { stdio: 'pipe' });
    return undefined;
  } catch {
    return 'openssl is not installed (Debian: apt-get install openssl)';
  }
}
