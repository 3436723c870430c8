import { Authorized, Ctx, Query, Resolver } from 'type-graphql';
import type { Role } from '../identity/role.js';
import { Me } from '../schema/me-type.js';
import { nodeOf } from './node-of.js';
import type { Context } from './context.js';

/** Tells a caller who it is taken for, so that a page can leave away what would be refused. */
@Resolver()
export class MeResolver {
  @Authorized<Role>('viewer', 'reviewer')
  @Query(() => Me, { description: 'The caller, and what the caller may do.' })
  me(@Ctx() { caller }: Context): Me {
    return nodeOf(Me, { actor: caller.actor, role: caller.role });
  }
}
