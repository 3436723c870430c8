import { Arg, Authorized, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { namedSubject, recallSubjects, type NamedSubject } from '../application/recalls/named-subjects.js';
import type { RecallCause, RecallKind } from '../domain/recall/recall-cause.js';
import { signableOf, type Signable } from '../domain/signing/signable.js';
import { PROMPT_IN_USE } from '../generators/llm/prompt-file.js';
import type { Role } from '../identity/role.js';
import { AdviceSubject } from '../schema/advice-subject-type.js';
import { LogEvent } from '../schema/event-type.js';
import { ASKED, Most, Weight } from '../schema/list-size.js';
import { RecallKindEnum } from '../schema/recall-type.js';
import { badInput } from './bad-input.js';
import { BAD_INPUTS } from './bad-input-words.js';
import type { Context } from './context.js';
import { nodeOf } from './node-of.js';
import { checkFirst } from './paging.js';

const SEARCH_LENGTH = 100;

/** What can be recalled, by its names. */
@Resolver()
export class SubjectResolver {
  @Authorized<Role>('operator', 'reviewer')
  @Weight(2)
  @Most(ASKED)
  @Query(() => [AdviceSubject], {
    description:
      'What can be recalled of one kind: the dishes, points and wordings of the files, and the versions of the prompt that this service asks with or tries. An older version can be recalled too.',
  })
  recallSubjects(
    @Arg('kind', () => RecallKindEnum) kind: RecallKind,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many, 1 to 100.' }) first: number,
    @Ctx() { deps }: Context,
    @Arg('search', () => String, {
      nullable: true,
      description: 'A text that its code or a name of it holds, whatever the case: at most 100 characters.',
    })
    search?: string | null,
  ): AdviceSubject[] {
    const wanted = search ?? '';
    if (wanted.length > SEARCH_LENGTH) throw badInput('search', BAD_INPUTS.tell('SEARCH', { most: SEARCH_LENGTH }));
    const tried = deps.candidates.version()?.promptVersion;
    const prompts = [...new Set([PROMPT_IN_USE, ...(tried === undefined ? [] : [tried])])];
    return recallSubjects(deps.words.signable, prompts, { kind, search: wanted, first: checkFirst(first) }).map(subjectNode);
  }
}

/** What an event is about. */
@Resolver(() => LogEvent)
export class EventSubjectResolver {
  @FieldResolver(() => AdviceSubject, {
    nullable: true,
    description: 'What a recall, a switch of a point or a signature is about, by its names; null for other events.',
  })
  async about(@Root() event: LogEvent, @Ctx() { deps, loaders }: Context): Promise<AdviceSubject | null> {
    const of = await subjectOfEvent(event, loaders);
    return of === undefined ? null : subjectNode(namedSubject(of, deps.words.signable));
  }
}

async function subjectOfEvent({ stream }: LogEvent, loaders: Context['loaders']): Promise<RecallCause | Signable | undefined> {
  const [, kind, id = ''] = /^(recall|point|signature)-(.+)$/.exec(stream) ?? [];
  switch (kind) {
    case 'recall':
      return (await loaders.recall.load(id))?.request.cause;
    case 'point':
      return { kind: 'POINT', point: id };
    case 'signature':
      return signableOf(id);
    default:
      return undefined;
  }
}

function subjectNode({ subject, names }: NamedSubject): AdviceSubject {
  return nodeOf(AdviceSubject, { subject, nameKo: names.ko, nameEn: names.en });
}
