import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { liftRecall } from '../application/recalls/lift-recall.js';
import { previewRecall, recalledRows } from '../application/recalls/preview-recall.js';
import { requestRecall } from '../application/recalls/request-recall.js';
import { PROGRAMS } from '../domain/program.js';
import { programOf } from '../domain/programs/all-programs.js';
import { markOf } from '../domain/recall/decide-recall.js';
import { subjectOf } from '../domain/recall/recall-cause.js';
import type { Recall as RecallState } from '../domain/recall/recall.js';
import { isRejection } from '../domain/rejection.js';
import { pageOf } from '../database/keyset.js';
import type { Role } from '../identity/role.js';
import { PageArgs, type Connection } from '../schema/connection.js';
import type { Refused } from '../schema/error-type.js';
import { Weight } from '../schema/list-size.js';
import { RecalledRow, RecalledRowConnection, RecallGroup, RecallPreview, RecallPreviewResult } from '../schema/recall-preview-type.js';
import {
  Recall,
  RecallAccepted,
  RecallConnection,
  RecallCounts,
  RecallInput,
  RecallResult,
  RecallRun,
  RecallSubjectInput,
} from '../schema/recall-type.js';
import { Run } from '../schema/run-type.js';
import { UuidScalar } from '../schema/scalars.js';
import { notFound } from './bad-input.js';
import type { AdviceWords, Context } from './context.js';
import { withoutNulls } from './filter-of.js';
import { nodeOf } from './node-of.js';
import { connect, pageRequest, type ListKey } from './paging.js';
import { recallOrderOf } from './recall-order.js';
import { refusedNode } from './refused-node.js';
import { runNode } from './run/run-nodes.js';

/** ms for which an answer waits for the count of the rows: of many it comes later, and `recall(id)` has it. */
const PATIENCE_MS = 3_000;

const RECALLS: ListKey = { list: 'recalls', form: ['time', 'uuid'] };
const ROWS: ListKey = { list: 'recalledRows', form: ['user', 'date', 'int'] };

/** What was taken out of advice. */
@Resolver(() => Recall)
export class RecallResolver {
  @Authorized<Role>('viewer')
  @Query(() => Recall, { nullable: true, description: 'A recall by its id.' })
  async recall(@Arg('id', () => UuidScalar) id: string, @Ctx() { loaders, advice }: Context): Promise<Recall> {
    const found = await loaders.recall.load(id.toLowerCase());
    if (found === undefined) throw notFound('RECALL', `No recall has the id ${id}. List them with \`recalls\`.`);
    return recallNode(found, advice);
  }

  @Authorized<Role>('viewer')
  @Query(() => RecallConnection, { description: 'Recalls, newest first.' })
  async recalls(@Args(() => PageArgs) page: PageArgs, @Ctx() { views, advice }: Context): Promise<Connection<Recall>> {
    const found = await views.recalls.list(pageRequest(page, RECALLS));
    return connect(found, RECALLS, { node: (each) => recallNode(each, advice), key: (each) => [each.requestedAt, each.recallId] });
  }

  @Authorized<Role>('operator', 'reviewer')
  @Weight(500)
  @Query(() => RecallPreviewResult, { description: 'What a recall would come to: its rows by what becomes of them. Changes nothing.' })
  async recallPreview(
    @Arg('input', () => RecallSubjectInput) input: RecallSubjectInput,
    @Ctx() { deps }: Context,
  ): Promise<RecallPreview | Refused> {
    const order = recallOrderOf(withoutNulls(input), deps.settings.language);
    const answer = await previewRecall(deps, order);
    if (isRejection(answer)) return refusedNode(answer);
    const { since, today, counts, groups } = answer;
    const told = groups.map((group) => {
      const { program, recordDate, targetDate, rows } = group;
      return nodeOf(RecallGroup, { program: program.name, recordDate, targetDate, rows, mark: markOf(group, today) });
    });
    const latestFirst = told.toSorted((a, b) => (a.targetDate === b.targetDate ? 0 : a.targetDate < b.targetDate ? 1 : -1));
    return nodeOf(RecallPreview, { since, counts: nodeOf(RecallCounts, counts), groups: latestFirst, cause: order.cause });
  }

  @Authorized<Role>('operator')
  @Mutation(() => RecallResult, {
    name: 'recall',
    description:
      'Takes a dish, a point, a wording or a version of the prompt out of all advice that is written from now on, and has the advice for today and later that holds it written anew, by a run for each program and record date.',
  })
  async requestRecall(@Arg('input', () => RecallInput) input: RecallInput, @Ctx() context: Context): Promise<RecallAccepted | Refused> {
    const { deps, actor, advice } = context;
    const { idempotencyKey, allergen, reason, ...subject } = withoutNulls(input);
    const order = { ...recallOrderOf(subject, deps.settings.language), allergen, ...(reason !== undefined && { reason }) };
    const answer = await requestRecall(deps, order, { actor, patienceMs: PATIENCE_MS, ...(idempotencyKey && { idempotencyKey }) });
    if (isRejection(answer)) return refusedNode(answer);
    return nodeOf(RecallAccepted, { recall: recallNode(answer.recall, advice), repeated: answer.repeated });
  }

  @Authorized<Role>('operator')
  @Mutation(() => RecallResult, {
    description: 'Lifts a recall: advice that is written from now on may hold it again. Rows stay as they are.',
  })
  async liftRecall(
    @Arg('id', () => UuidScalar) id: string,
    @Ctx() { deps, actor, loaders, advice }: Context,
    @Arg('reason', () => String, { nullable: true, description: 'Why, at most 500 characters on one line, and nothing personal.' })
    reason?: string | null,
  ): Promise<RecallAccepted | Refused> {
    const recallId = id.toLowerCase();
    const answer = await liftRecall(deps, { recallId, ...(reason != null && { reason }) }, actor);
    if (isRejection(answer)) return refusedNode(answer);
    loaders.recall.clear(recallId); // an earlier mutation of the same document may have read it
    return nodeOf(RecallAccepted, { recall: recallNode(answer, advice), repeated: false });
  }
}

/** The run of a recall. */
@Resolver(() => RecallRun)
export class RecallRunResolver {
  @Authorized<Role>('viewer')
  @FieldResolver(() => Run, { nullable: true })
  async run(@Root() { runId }: RecallRun, @Ctx() { loaders }: Context): Promise<Run | null> {
    const row = await loaders.run.load(runId);
    return row === undefined ? null : runNode(row);
  }
}

/** Rows that a recall finds. */
@Resolver(() => RecallPreview)
export class RecallPreviewResolver {
  @Authorized<Role>('operator')
  @FieldResolver(() => RecalledRowConnection, { description: 'The rows themselves, by user and record date.' })
  async rows(
    @Root() { cause, since }: RecallPreview,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() { deps }: Context,
  ): Promise<Connection<RecalledRow>> {
    const { first, after } = pageRequest(args, ROWS);
    const [userId, recordDate, place] = after ?? [];
    const gubun = programOf(PROGRAMS[Number(place)] ?? PROGRAMS[0]).gubun;
    const from = after === undefined ? {} : { after: { userId: Number(userId), recordDate: String(recordDate), gubun } };
    const rows = await recalledRows(
      deps,
      { cause, since: since as NonNullable<RecallSubjectInput['since']> },
      { first: first + 1, ...from },
    );
    return connect(pageOf(rows, first), ROWS, {
      node: ({ program, isOpen: _isOpen, ...row }) => nodeOf(RecalledRow, { ...row, program: program.name }),
      key: (row) => [row.userId, row.recordDate, PROGRAMS.indexOf(row.program.name)],
    });
  }
}

/** A recall as a GraphQL node. */
export function recallNode({ recallId, request, counts, runs, ...state }: RecallState, { explainer, language }: AdviceWords): Recall {
  const { cause, allergen, since, reason = null } = request;
  const dish = cause.kind === 'DISH' ? explainer.catalogue.dishes[explainer.catalogue.indexOfCode(cause.dish)] : undefined;
  return nodeOf(Recall, {
    id: recallId,
    kind: cause.kind,
    subject: subjectOf(cause),
    dishName: (language === 'ko' ? dish?.nameKo : dish?.nameEn) ?? null,
    allergen,
    since,
    reason,
    actor: state.actor,
    markId: request.markId ?? null,
    requestedAt: new Date(state.requestedAt),
    status: state.status,
    counts: counts === null ? null : nodeOf(RecallCounts, counts),
    runs: runs.map((run) => nodeOf(RecallRun, run)),
    liftedAt: state.liftedAt === null ? null : new Date(state.liftedAt),
    liftedBy: state.liftedBy,
    liftReason: state.liftReason,
  });
}
