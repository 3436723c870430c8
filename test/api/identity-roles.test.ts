import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GraphQLObjectType, GraphQLSchema } from 'graphql';
import { Authorized, buildSchema, Query, Resolver } from 'type-graphql';
import { isRole, type Role } from '../../src/identity/role.js';
import { graphqlSchema, declareRootRoles } from '../../src/server/graphql-schema.js';
import { DOORS, http, ws } from './identity-doors.js';
import { type RoleService, startRoleService } from './role-service.js';
import { goodClaims, signHs256 } from './identity-issuers.js';

let world: RoleService;
let service: RoleService['service'];

beforeAll(async () => {
  world = await startRoleService();
  ({ service } = world);
});
afterAll(async () => world?.[Symbol.asyncDispose]());

const bearer = (role: Role): Promise<string> => world.bearer(role);

function rootFields(schema: GraphQLSchema): { type: GraphQLObjectType; name: string; role: unknown; description: string }[] {
  const types = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter((type) => type != null);
  return types.flatMap((type) =>
    Object.values(type.getFields()).map(({ name, extensions, description }) => ({
      type,
      name,
      role: extensions['role'],
      description: description ?? '',
    })),
  );
}

const RUN = 'mutation { runBatch(input: { dryRun: true }) { __typename } }';
const FORCE = (force: boolean): string => `mutation { initSchedules(force: ${force}) { __typename } }`;
const RUN_ID = '0b4f8a52-6d0c-4c62-9b8e-3f1f2a7c9d10';
const BACKFILL = 'mutation { backfill(input: { from: "2026-03-01", to: "2026-03-01" }) { __typename } }';
const REBUILD = 'mutation { rebuildViews { __typename } }';
const DELETE = 'mutation { deleteSchedule(id: "0b4f8a52-6d0c-4c62-9b8e-3f1f2a7c9d10", expectedVersion: 1) { __typename } }';

describe('The schema', () => {
  it('names a role for every root field, in its description too', async () => {
    const fields = rootFields(await graphqlSchema());
    expect(fields.length).toBeGreaterThan(15);
    expect(fields.filter(({ role }) => !isRole(role)).map(({ name }) => name)).toEqual([]);
    expect(fields.filter(({ role, description }) => !description.includes(`Needs the role ${String(role)}`))).toEqual([]);
  });

  it('lets nobody change anything who may only read', async () => {
    const fields = rootFields(await graphqlSchema());
    const changing = fields.filter(({ type }) => type.name === 'Mutation');
    // But of one's own sessions: to be signed out is everybody's.
    expect(changing.filter(({ role }) => role === 'viewer').map(({ name }) => name)).toEqual(['revokeSession', 'signOutEverywhere']);
    const admins = changing.filter(({ role }) => role === 'admin').map(({ name }) => name);
    expect(admins).toEqual(expect.arrayContaining(['deleteSchedule', 'rebuildViews']));
  });

  it('is not built with a root field that names no role, or one that does not exist', async () => {
    @Resolver()
    class Careless {
      @Query()
      open(): string {
        return 'everybody’s';
      }
      @Authorized()
      @Query()
      vague(): string {
        return 'whose?';
      }
      @Authorized('root')
      @Query()
      strange(): string {
        return 'nobody’s';
      }
      @Authorized<Role>('viewer')
      @Query()
      fine(): string {
        return 'ours';
      }
    }
    const schema = await buildSchema({ resolvers: [Careless], validate: false, authChecker: () => true });
    expect(() => declareRootRoles(schema, [Careless])).toThrow(/Query\.open, Query\.vague, Query\.strange\./);
  });
});

describe('A viewer', () => {
  it.each([
    ['runBatch', 'operator', RUN],
    ['cancelRun', 'operator', `mutation { cancelRun(runId: "${RUN_ID}") { __typename } }`],
    ['pauseRun', 'operator', `mutation { pauseRun(runId: "${RUN_ID}", reason: "why") { __typename } }`],
    ['resumeRun', 'operator', `mutation { resumeRun(runId: "${RUN_ID}") { __typename } }`],
    ['retryRun', 'operator', `mutation { retryRun(input: { runId: "${RUN_ID}" }) { __typename } }`],
    ['backfill', 'operator', BACKFILL],
    ['cancelBackfill', 'operator', `mutation { cancelBackfill(id: "${RUN_ID}") { __typename } }`],
    ['initSchedules', 'operator', FORCE(false)],
    ['rebuildViews', 'admin', REBUILD],
    ['deleteSchedule', 'admin', DELETE],
  ])('may not %s, and is told that it needs the role %s, by every way in', async (field, needed, mutation) => {
    for (const [, door] of DOORS) {
      const { text } = await door(service.url, await bearer('viewer'), mutation);
      expect(text).toContain('"code":"FORBIDDEN"');
      expect(text).toContain(`\`${field}\` needs the role ${needed}; you have the role viewer`);
    }
    expect((await service.core.pool.query('select from batch.run_view')).rowCount).toBe(0);
    expect((await service.core.pool.query('select from batch.backfill_view')).rowCount).toBe(0);
  });

  it('may read, health data too', async () => {
    const query =
      '{ runs { nodes { id } } interventions { nodes { id } } schedules { nodes { name } } backfills { nodes { id } } systemStatus { version } }';
    const { status, text } = await http(service.url, await bearer('viewer'), query);
    expect([status, text]).toEqual([200, expect.not.stringContaining('errors')]);
  });
});

describe('An operator', () => {
  it('may order runs and keep schedules', async () => {
    for (const [mutation, answer] of [
      [RUN, 'RunBatchAccepted'],
      [FORCE(false), 'Refused'],
      [`mutation { cancelRun(runId: "${RUN_ID}") { __typename } }`, 'Refused'],
    ] as const) {
      expect((await http(service.url, await bearer('operator'), mutation)).text).toContain(`"__typename":"${answer}"`);
    }
    const { rows } = await service.core.pool.query<{ actor: string }>('select actor from batch.run_view');
    expect(rows).toEqual([{ actor: 'token:kim' }]);
  });

  it('may neither delete, nor force, nor rebuild', async () => {
    for (const [mutation, what] of [
      [DELETE, '`deleteSchedule`'],
      [FORCE(true), '`initSchedules(force: true)`'],
      [REBUILD, '`rebuildViews`'],
    ]) {
      const { text } = await ws(service.url, await bearer('operator'), mutation);
      expect(text).toContain(`${what} needs the role admin; you have the role operator`);
    }
    expect((await service.core.pool.query('select from batch.schedule_view')).rowCount).toBe(1);
  });
});

describe('A reviewer', () => {
  const SAMPLE = '{ reviewSample { rows { id } } }';

  it('sees the sample and may mark it, and nothing that another role is for', async () => {
    const fields = rootFields(await graphqlSchema());
    const own = fields.filter(({ role }) => role === 'reviewer').map(({ name }) => name);
    expect(own.toSorted()).toEqual([
      'adviceMarks', 'markAdvice', 'pointSwitches', 'reviewSample', 'signRows', 'signableRows', 'signingProgress', 'turnPointOff', 'turnPointOn', 'withdrawSignatures',
    ]); // prettier-ignore
    expect(await http(service.url, await bearer('reviewer'), SAMPLE)).toMatchObject({
      text: expect.stringContaining('{"data":{"reviewSample":{"rows":[]}}}'),
    });
    expect((await http(service.url, await bearer('reviewer'), '{ me { role } }')).text).toContain('"role":"REVIEWER"');
    const others = [
      '{ interventions { nodes { id } } }',
      '{ patient(id: 1) { id } }',
      '{ runs { nodes { id } } }',
      '{ events { nodes { type } } }',
      RUN,
      FORCE(false),
      REBUILD,
    ];
    for (const query of others)
      expect((await http(service.url, await bearer('reviewer'), query)).text).toMatch(
        /needs the role (viewer|operator|admin); you have the role reviewer/u,
      );
  });

  it.each(['viewer', 'operator'] as const)('is not who has the role %s', async (role) => {
    for (const [, door] of DOORS) {
      expect((await door(service.url, await bearer(role), SAMPLE)).text).toContain(
        `\`reviewSample\` needs the role reviewer; you have the role ${role}`,
      );
    }
  });

  it('is what an admin is, too', async () => {
    expect((await http(service.url, await bearer('admin'), SAMPLE)).text).toContain('"rows"');
  });
});

describe('An admin', () => {
  it('may do all of it', async () => {
    expect((await http(service.url, await bearer('admin'), FORCE(true))).text).toContain('"SchedulesInitialized"');
    expect((await http(service.url, await bearer('admin'), REBUILD)).text).toContain('"ViewsRebuilt"');
    expect((await http(service.url, await bearer('admin'), DELETE)).text).toContain('{"data":{"deleteSchedule":{"__typename":"Refused"}}}'); // there is no such schedule
  });
});

describe('A service that knows public keys only', () => {
  it('takes no token that is signed with a secret, were it the public key itself', async () => {
    const forged = await signHs256({ ...goodClaims(), job: 'admin' }, world.provider.publicPem);
    for (const [, door, statuses] of DOORS) {
      const { status, text } = await door(service.url, `Bearer ${forged}`);
      expect(status).toBe(statuses.unknown);
      if (status === 401) expect(text).toContain('signed in a way that is not accepted here');
    }
  });
});
