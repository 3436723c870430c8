import { sentencesOf } from '../../domain/said.js';

/** What is said of errors of the system and of PostgreSQL, whose own words tell only what happened. In Korean: `data/codes`, group `System`. */
export const SYSTEM = sentencesOf('System', {
  ENOSPC: 'the disk is full. Free space on it, or set DATA_DIR to a folder on another',
  EDQUOT: 'the quota of this user is used up. Free space, or set DATA_DIR to a folder elsewhere',
  EROFS: 'the disk takes no writes. Set DATA_DIR to a folder on another',
  EACCES: 'this user may not. Set DATA_DIR to a folder of its own, or give it the right',
  EPERM: 'this user may not. Set DATA_DIR to a folder of its own, or give it the right',
  ENOTDIR: 'a file stands where a folder is expected. Set DATA_DIR to another place, or move the file away',
  EEXIST: 'something else stands there. Set DATA_DIR to another place, or move it away',
  ENOENT: 'it is not there. Look at how it is written, or make it',
  EMFILE: 'this process has too many files open. Raise its limit (ulimit -n)',
  ECONNREFUSED: 'nothing listens there. Start the server, or correct the address',
  ECONNRESET: 'the other side closed the connection. Look at its log, then try again',
  EPIPE: 'the other side closed the connection. Look at its log, then try again',
  ETIMEDOUT: 'no answer came in time. Look whether a firewall lies between, or correct the address',
  EHOSTUNREACH: 'no way leads there. Look at the network, or correct the address',
  ENETUNREACH: 'no way leads there. Look at the network, or correct the address',
  ENOTFOUND: 'no address has this name. Correct it',
  EAI_AGAIN: 'the name could not be looked up. Look at the network and its name server, then try again',
  LOST: 'the connection to the database was lost: its server ended, or was cut off. See its log, and begin again when it answers',
  STDOUT_FULL:
    'stdout could not take the result: the disk that it is written to is full ({code}). Free space on it, or lead stdout elsewhere',
  STDOUT_LOST: 'stdout could not take the result ({code}). Look at where it leads',
  FOUND: '{found}: {advice}',
  UNEXPECTED: '{found}',
  NO_ERROR: 'something that is no error was thrown ({type}): please report this',
  VALUE_REFUSED: 'PostgreSQL refused a value (code {code}): please report this with the log',
  REFUSED: 'PostgreSQL: {message} (code {code})',
  REFUSED_SO: 'PostgreSQL: {message} (code {code}): {advice}',
});

/** What to do about errors of PostgreSQL, by SQLSTATE. In Korean: `data/codes`, group `SqlState`. */
export const SQL_STATES = sentencesOf('SqlState', {
  '28P01': 'the password is not that of this role. Correct DATABASE_URL',
  '28000': 'the server lets this role not in from here. Correct DATABASE_URL, or pg_hba.conf of the server',
  '3D000': 'there is no such database. Correct DATABASE_URL, or make the database',
  '53300':
    'no connection is left. Raise max_connections of the server, or the connection limit of the role or database, or end what holds them',
  '53100': 'the disk of the server is full. Free space on it',
  '57P03': 'the server starts or stops. Try again in a moment',
  '57P01': 'an administrator ended the connection. Try again when the server is back',
  '57014': 'the statement took too long and was cancelled. Try again, or raise BATCH_STATEMENT_MS',
  '55P03': 'another transaction holds what is needed, and doctor names it. Try again when it has ended',
  '25006': 'the server takes no writes: it is a standby, or set read-only. Let DATABASE_URL name the primary',
  '42501': 'the role lacks a right, and doctor names it',
});
