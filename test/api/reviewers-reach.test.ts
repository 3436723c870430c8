import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema as buildText, type GraphQLSchema } from 'graphql';
import { graphqlSchema } from '../../src/server/graphql-schema.js';
import { requireReviewersReach } from '../../src/server/reviewers-reach.js';
import { http } from './identity-doors.js';
import { type RoleService, startRoleService } from './role-service.js';

let world: RoleService;

beforeAll(async () => {
  world = await startRoleService();
  await graphqlSchema(); // its resolvers say which fields are a reviewer's
});
afterAll(async () => world?.[Symbol.asyncDispose]());

const withRow = (row: string): GraphQLSchema =>
  buildText(
    `type Query { reviewSample: ReviewSample } type ReviewSample { rows: [ReviewRow] } type ReviewRow { ${row} } type Run { id: ID }`,
  );

describe('What a reviewer is shown', () => {
  it('leads from a mark to no run, whose outcomes would name persons', async () => {
    const { service } = world;
    await service.core.pool.query(
      `with mark as (insert into batch.mark_view (mark_id, version, run_id, chunk, outcome_version, verdict, points, dishes, seen_points, seen_dishes, generator, actor, marked_at)
        select gen_random_uuid(), 1, gen_random_uuid(), 0, 1, 'WRONG', '{}', '{IBS-0001}', '{}', '{IBS-0001}', 'RULES', 'a reviewer', now() returning mark_id)
      insert into batch.recall_view (recall_id, version, cause, allergen, since_date, actor, requested_at, listed, mark_id)
        select gen_random_uuid(), 2, '{"kind": "DISH", "dish": "IBS-0001"}', false, current_date, 'a reviewer', now(),
          jsonb_build_object('counts', '{"replace": 1, "past": 0, "closed": 0}'::jsonb, 'runs', jsonb_build_array(
            jsonb_build_object('runId', gen_random_uuid(), 'program', 'daily', 'recordDate', current_date, 'rows', 1))), mark_id from mark`,
    );
    const token = await world.bearer('reviewer');
    const asked = (run: string): Promise<{ text: string }> =>
      http(service.url, token, `{ adviceMarks(first: 1) { nodes { recall { runs { rows ${run} } } } } }`);
    expect((await asked('')).text).toContain('"runs":[{"rows":1}]');
    expect((await asked('run { outcomes(first: 1) { nodes { userId } } }')).text).toMatch(
      /needs the role viewer; you have the role reviewer/u,
    );
    await service.core.pool.query('truncate batch.mark_view, batch.recall_view');
  });

  it('is served by no schema in which a field leads on to what is not theirs', () => {
    expect(() => requireReviewersReach(withRow('run: Run'))).toThrow('ReviewRow.run leads to Run');
    const harmless = withRow('id: ID');
    expect(requireReviewersReach(harmless)).toBe(harmless);
  });
});
