import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchema } from 'type-graphql';
import { OutcomeResolver } from '../resolvers/outcome-resolver.js';
import { RunBatchResolver } from '../resolvers/run-batch-resolver.js';
import { RunResolver } from '../resolvers/run-resolver.js';
import { SubscriptionResolver } from '../resolvers/subscription-resolver.js';
import { SystemResolver } from '../resolvers/system-resolver.js';
import { TimelineResolver } from '../resolvers/timeline-resolver.js';
import { Refused, RunConflict } from '../schema/error-type.js';

/** Builds the schema from the resolvers. */
export function graphqlSchema(): Promise<GraphQLSchema> {
  return buildSchema({
    resolvers: [RunResolver, RunBatchResolver, OutcomeResolver, TimelineResolver, SystemResolver, SubscriptionResolver],
    orphanedTypes: [Refused, RunConflict],
    validate: false, // inputs are judged by the domain, whose refusals say what to do
    // Every event stream ends in an iterator of our own; type-graphql asks for a PubSub whenever there is a subscription.
    pubSub: {
      publish: () => undefined,
      subscribe: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true as const, value: undefined }) }) }),
    },
  });
}
