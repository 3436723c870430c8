import { requireReviewersReach } from './reviewers-reach.js';
import 'reflect-metadata';
import type { GraphQLSchema, GraphQLObjectType } from 'graphql';
import { buildSchema, getMetadataStorage } from 'type-graphql';
import { authorize } from '../resolvers/authorize.js';
import { ApiKeyResolver } from '../resolvers/api-key-resolver.js';
import { AlertResolver } from '../resolvers/alert-resolver.js';
import { AuditResolver } from '../resolvers/audit-resolver.js';
import { BackfillDateResolver, BackfillResolver } from '../resolvers/backfill-resolver.js';
import { DoctorResolver } from '../resolvers/doctor-resolver.js';
import { ErasureResolver } from '../resolvers/erasure-resolver.js';
import { FailureResolver } from '../resolvers/failure-resolver.js';
import { ForecastResolver } from '../resolvers/forecast-resolver.js';
import { InterventionResolver } from '../resolvers/intervention-resolver.js';
import { MeResolver } from '../resolvers/me-resolver.js';
import { NightResolver } from '../resolvers/night-resolver.js';
import { OutcomeResolver } from '../resolvers/outcome-resolver.js';
import { PatientResolver } from '../resolvers/patient-resolver.js';
import { PersonReadResolver } from '../resolvers/person-read-resolver.js';
import { RebuildResolver } from '../resolvers/rebuild-resolver.js';
import { RecallPreviewResolver, RecallResolver, RecallRunResolver } from '../resolvers/recall-resolver.js';
import { RolloutResolver } from '../resolvers/rollout-resolver.js';
import { ReviewResolver } from '../resolvers/review-resolver.js';
import { SigningResolver } from '../resolvers/signing-resolver.js';
import { RetentionResolver } from '../resolvers/retention-resolver.js';
import { RunBatchResolver } from '../resolvers/run/run-batch-resolver.js';
import { RunControlResolver } from '../resolvers/run/run-control-resolver.js';
import { RunFiguresResolver } from '../resolvers/run/run-figures-resolver.js';
import { RunLinksResolver } from '../resolvers/run/run-links-resolver.js';
import { ProgressResolver, RunResolver } from '../resolvers/run/run-resolver.js';
import { ScheduleMutationResolver } from '../resolvers/schedule-mutation-resolver.js';
import { ScheduleResolver, SlotRunResolver } from '../resolvers/schedule-resolver.js';
import { ScheduleStatusResolver } from '../resolvers/schedule-status-resolver.js';
import { ScheduleUpkeepResolver } from '../resolvers/schedule-upkeep-resolver.js';
import { SessionResolver } from '../resolvers/session-resolver.js';
import { SlotCalendarResolver } from '../resolvers/slot-calendar-resolver.js';
import { SubscriptionResolver } from '../resolvers/subscription-resolver.js';
import { EventSubjectResolver, SubjectResolver } from '../resolvers/subject-resolver.js';
import { SystemResolver } from '../resolvers/system-resolver.js';
import { TimelineResolver } from '../resolvers/timeline-resolver.js';
import { UsageResolver } from '../resolvers/usage-resolver.js';
import { Refused, RunConflict } from '../schema/error-type.js';
import { ScheduleInvalid, VersionConflict } from '../schema/schedule-errors.js';
import { governSchema } from './operations/govern-schema.js';
import { requirePersonMarks, recordReads } from './operations/record-reads.js';
import { requireListSizes } from './operations/list-sizes.js';
import { isRole, type Role } from '../identity/role.js';

const RESOLVERS = [
  RunResolver,
  ProgressResolver,
  RunBatchResolver,
  RunControlResolver,
  RunLinksResolver,
  BackfillResolver,
  BackfillDateResolver,
  RecallResolver,
  RecallRunResolver,
  RecallPreviewResolver,
  RolloutResolver,
  ReviewResolver,
  SigningResolver,
  OutcomeResolver,
  InterventionResolver,
  ForecastResolver,
  RunFiguresResolver,
  TimelineResolver,
  PatientResolver,
  NightResolver,
  FailureResolver,
  ScheduleResolver,
  ScheduleMutationResolver,
  ScheduleUpkeepResolver,
  ScheduleStatusResolver,
  SlotRunResolver,
  SlotCalendarResolver,
  UsageResolver,
  SystemResolver,
  AuditResolver,
  SubjectResolver,
  EventSubjectResolver,
  AlertResolver,
  RetentionResolver,
  ErasureResolver,
  PersonReadResolver,
  DoctorResolver,
  MeResolver,
  SessionResolver,
  ApiKeyResolver,
  RebuildResolver,
  SubscriptionResolver,
] as const;

// A cache. It depends on nothing but the code: a process that serves twice, as tests do, makes it once.
let made: Promise<GraphQLSchema> | undefined;

/** The schema of the resolvers, made once a process. @throws when a root field names no role, a list no size, or a type not whose data it holds */
export function graphqlSchema(): Promise<GraphQLSchema> {
  return (made ??= makeSchema());
}

async function makeSchema(): Promise<GraphQLSchema> {
  const schema = await buildSchema({
    resolvers: RESOLVERS,
    orphanedTypes: [Refused, RunConflict, ScheduleInvalid, VersionConflict],
    authChecker: authorize,
    skipCheck: true, // the type checks of GraphQL take half of a start; a test makes them
    validate: false, // inputs are judged by the domain, whose refusals say what to do
    // Every event stream ends in an iterator of our own; type-graphql asks for a PubSub whenever there is a subscription.
    pubSub: {
      publish: () => undefined,
      subscribe: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true as const, value: undefined }) }) }),
    },
  });
  return recordReads(governSchema(requirePersonMarks(requireListSizes(requireReviewersReach(declareRootRoles(schema, RESOLVERS))))));
}

type ResolverClass = abstract new (...args: never[]) => unknown;

/**
 * Sees that every root field names the role it needs, and writes it into the field's description and `extensions.role`. What was not thought
 * about is not served: `@Authorized` left out means open to every caller in type-graphql, and to no caller here.
 * @param resolvers the schema was built from; others in the same process do not count
 * @throws naming the fields without a role
 */
export function declareRootRoles(schema: GraphQLSchema, resolvers: readonly ResolverClass[]): GraphQLSchema {
  const { queries, mutations, subscriptions } = getMetadataStorage();
  const handlers = { Query: queries, Mutation: mutations, Subscription: subscriptions };
  const open: string[] = [];
  for (const type of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) {
    if (type == null) continue;
    const own = handlers[type.name as keyof typeof handlers].filter(({ target }) => (resolvers as readonly unknown[]).includes(target));
    open.push(...declare(type, new Map(own.map(({ schemaName, roles = [] }) => [schemaName, roles as readonly unknown[]]))));
  }
  if (open.length > 0) throw new Error(`root fields without a role: ${open.join(', ')}. Put @Authorized<Role>('…') above each`);
  return schema;
}

function declare(type: GraphQLObjectType, rolesOf: ReadonlyMap<string, readonly unknown[]>): string[] {
  const open: string[] = [];
  for (const field of Object.values(type.getFields())) {
    const roles = rolesOf.get(field.name) ?? [];
    const [role] = roles;
    if (!isRole(role) || !roles.every(isRole)) {
      open.push(`${type.name}.${field.name}`);
      continue;
    }
    field.description = [field.description, sentenceOf(roles)].filter(Boolean).join('\n\n');
    field.extensions = { ...field.extensions, role };
  }
  return open;
}

function sentenceOf(roles: readonly Role[]): string {
  return `Needs the role ${roles.join(' or ')}.`;
}
