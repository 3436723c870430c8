import { FREE_ROOM } from './bootstrap-error.mjs';

// npm's codes by what they mean for the operator who starts the service.
const KINDS = [
  [
    /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ESOCKETTIMEDOUT|ERR_SOCKET_TIMEOUT|EPROTO|EIDLETIMEOUT)$/,
    (registry) =>
      `the registry ${registry} cannot be reached: is there a network, a proxy to be named (npm config set proxy …), or another registry (npm config set registry …)?`,
  ],
  [
    /^(E401|E403|ENEEDAUTH|EOTP)$/,
    (registry) => `the registry ${registry} refuses: it wants a login or lacks a permission (npm login, or npm config set registry …)`,
  ],
  [
    /^(E404|ETARGET|ENOVERSIONS)$/,
    (registry) => `the registry ${registry} does not have a package of this version: a mirror may be behind`,
  ],
  [/^(E429|E5\d\d)$/, (registry) => `the registry ${registry} is overloaded or down: start again later`],
  [/^E407$/, () => 'the proxy wants a login: npm config set https-proxy http://user:password@…'],
  [/^ENOTCACHED$/, () => 'npm is set to work offline, and has not all of it: npm config delete offline'],
  [/CERT|SELF_SIGNED|UNABLE_TO_GET_ISSUER|^ERR_SSL_/, () => 'its certificate is not trusted: name your authority in NODE_EXTRA_CA_CERTS'],
  [/^(ENOSPC|EDQUOT)$/, () => `the disk is full: ${FREE_ROOM}`],
  [/^(EACCES|EPERM|EROFS)$/, () => 'this user may not write there'],
  [
    /^EINTEGRITY$/,
    () => 'what came is not what package-lock.json names: start again, and if it stays, ask who runs the registry or the proxy',
  ],
  [/^EBADENGINE$/, () => 'a package does not take this Node'],
];

/** What an npm that failed means, in a sentence; empty for a failure that its own words must tell. */
export function npmFailure(output, env = process.env) {
  const meaning = kindOf(output);
  return meaning ? meaning(env.npm_config_registry ?? 'of npm') : '';
}

function kindOf(output) {
  const code = /^npm (?:error|ERR!) code (\S+)/m.exec(output)?.[1];
  return code && KINDS.find(([pattern]) => pattern.test(code))?.[1];
}
