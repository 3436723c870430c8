import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { DryMongoBinary, MongoMemoryServer } from 'mongodb-memory-server-core';

/** Where tests find a MongoDB. */
export type MongoPlace =
  | { readonly from: 'url'; readonly url: string; readonly kind: string; readonly isReplicaSet: boolean }
  | { readonly from: 'program'; readonly program: string; readonly kind: string; readonly isReplicaSet: false }
  | { readonly from: 'nowhere'; readonly reason: string };

/** A MongoDB server that answers. */
export interface TestMongod extends AsyncDisposable {
  readonly url: URL;
  /** Ends it as `kill -9` does and waits until it is gone. Only for a server that was started here. */
  kill(): Promise<void>;
  /** Starts it again after a kill, on the same port and data. */
  restart(): Promise<void>;
}

/** The longest that a program or server that was named may take, in ms: it is there, and a busy machine is no reason to skip its tests. */
const PATIENCE_MS = 120_000;

/**
 * Looks for a MongoDB: the server at `MONGODB_URL`, else the program at `MONGOMS_SYSTEM_BINARY`, else one that mongodb-memory-server finds on
 * this machine. Nothing is fetched: where there is none, tests of it must be skipped and say why.
 */
export async function findMongo(): Promise<MongoPlace> {
  try {
    const url = process.env['MONGODB_URL'] ?? '';
    if (url !== '') return { from: 'url', url, ...(await describeServer(url)) };
    const program = await DryMongoBinary.locateBinary({ version: '' }); // of the release that it would fetch
    if (program === undefined) throw new Error('there is none on this machine, and tests fetch nothing');
    await using mongod = await startMongod({ from: 'program', program });
    return { from: 'program', program, kind: (await describeServer(mongod.url.href)).kind, isReplicaSet: false };
  } catch (error) {
    return { from: 'nowhere', reason: `no MongoDB: ${reasonOf(error)}. Set MONGODB_URL or MONGOMS_SYSTEM_BINARY` };
  }
}

/** Starts a mongod of the test's own, or takes the server that was given. */
export async function startMongod(
  place: { readonly from: 'program'; readonly program: string } | { from: 'url'; url: string },
): Promise<TestMongod> {
  if (place.from === 'url') {
    return { url: new URL(place.url), kill: refuse, restart: refuse, [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  const { program } = place;
  let server = await MongoMemoryServer.create({ binary: { systemBinary: program }, instance: { launchTimeout: PATIENCE_MS } });
  const first = server;
  const { port, dbPath } = instanceOf(server);
  return {
    url: new URL(server.getUri()),
    async kill() {
      const { mongodProcess } = instanceOf(server).instance;
      if (mongodProcess?.pid === undefined) throw new Error('this mongod has no process');
      const gone = new Promise((resolve) => mongodProcess.once('exit', resolve));
      process.kill(mongodProcess.pid, 'SIGKILL');
      await gone;
    },
    async restart() {
      server = await MongoMemoryServer.create({
        binary: { systemBinary: program },
        instance: { port, dbPath, launchTimeout: PATIENCE_MS },
      });
    },
    async [Symbol.asyncDispose]() {
      await server.stop({ doCleanup: false });
      await first.stop({ doCleanup: true, force: true }); // its folder outlived the restarts
    },
  };
}

const refuse = (): Promise<void> => Promise.reject(new Error('MONGODB_URL is somebody’s server: tests do not end it'));

/** The server's URL for a database that no other test uses. */
export function databaseUrl(server: URL, port = Number(server.port)): URL {
  const url = new URL(server);
  url.pathname = `/test_${randomUUID().replaceAll('-', '')}`;
  url.port = String(port);
  // Through a proxy a replica set's members would be found past it.
  if (port !== Number(server.port)) url.searchParams.set('directConnection', 'true');
  return url;
}

function instanceOf(server: MongoMemoryServer): NonNullable<MongoMemoryServer['instanceInfo']> {
  const { instanceInfo } = server;
  if (instanceInfo === undefined) throw new Error('the mongod of this test does not run');
  return instanceInfo;
}

async function describeServer(url: string): Promise<{ kind: string; isReplicaSet: boolean }> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: PATIENCE_MS });
  try {
    const admin = client.db('admin');
    const { version, ferretdbVersion } = (await admin.command({ buildInfo: 1 })) as { version: string; ferretdbVersion?: string };
    const isReplicaSet = typeof (await admin.command({ hello: 1 }))['setName'] === 'string';
    const name = ferretdbVersion === undefined ? `MongoDB ${version}` : `FerretDB, which speaks MongoDB ${version}`;
    return { kind: `${name}${isReplicaSet ? ', a replica set' : ''}`, isReplicaSet };
  } finally {
    await client.close();
  }
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
