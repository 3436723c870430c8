import { because } from '../domain/refusals.js';
import { refusedNode } from './refused-node.js';
import { Arg, Authorized, Ctx, Mutation, Resolver } from 'type-graphql';
import { InvalidEvent } from '../eventlog/log-errors.js';
import type { Role } from '../identity/role.js';
import type { Refused } from '../schema/error-type.js';
import { RebuildViewsResult, ViewsRebuilt } from '../schema/rebuild-type.js';
import { nodeOf } from './node-of.js';
import type { Context } from './context.js';

/** Makes the views anew. */
@Resolver()
export class RebuildResolver {
  @Authorized<Role>('admin')
  @Mutation(() => RebuildViewsResult, {
    description:
      'Makes the views anew from the log while the service runs, and tells where they were wrong. Runs wait meanwhile; reads do not.',
  })
  async rebuildViews(
    @Arg('verify', {
      defaultValue: false,
      description: 'Compares the new views with the log once more before they are kept; takes twice as long.',
    })
    verify: boolean,
    @Ctx() { rebuildViews }: Context,
  ): Promise<ViewsRebuilt | Refused> {
    try {
      const { events, differences, durationMs } = await rebuildViews({ verify });
      return nodeOf(ViewsRebuilt, { events, differences, durationMs });
    } catch (error) {
      if (!(error instanceof InvalidEvent)) throw error;
      return refusedNode({ code: 'LOG_UNREADABLE', ...because('LOG_UNREADABLE', { found: error.message }) });
    }
  }
}
