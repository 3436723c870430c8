import { GraphQLError } from 'graphql';
import { Arg, Authorized, Ctx, Query, Resolver } from 'type-graphql';
import type { Role } from '../identity/role.js';
import { codeOfCheck } from '../domain/code-of-check.js';
import { DoctorFinding, DoctorReport, FINDING_LEVELS, type FindingLevel } from '../schema/doctor-type.js';
import { SharedAlready, Weight } from '../schema/list-size.js';
import { nodeOf } from './node-of.js';
import type { Context, ExaminedThing } from './context.js';

/** ms that a caller waits for the doctor: less than an operation may take, so that the answer says what happened. */
const PATIENCE_MS = 10_000;

/** Looks at what the service needs, on an operator's word. */
@Resolver()
export class DoctorResolver {
  @Authorized<Role>('operator')
  @Weight(2_000)
  @SharedAlready()
  @Query(() => DoctorReport, {
    description:
      'Looks at everything a run needs, now, and says of what is amiss what to do. It tries a run and rolls it back, and asks the language model. One look at a time: a caller that asks meanwhile shares the answer.',
  })
  async doctor(
    @Ctx() { examine }: Context,
    @Arg('quick', () => Boolean, {
      defaultValue: false,
      description: 'Look only at what `/readyz` is judged by: it tries no run and asks no model.',
    })
    quick: boolean,
  ): Promise<DoctorReport> {
    const findings = (await within(PATIENCE_MS, examine(quick))).map(findingNode);
    const level = FINDING_LEVELS.findLast((each) => findings.some((finding) => finding.level === each)) ?? 'OK';
    return nodeOf(DoctorReport, { level, at: new Date(), findings });
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(tooSlow(ms)), ms);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function tooSlow(ms: number): Error {
  const message = `The doctor has not come to an end within ${ms / 1_000} s and goes on looking. Ask again in a minute; if it stays so, the database or the model hardly answers.`;
  return new GraphQLError(message, { extensions: { code: 'DOCTOR_BUSY' } });
}

function findingNode(thing: ExaminedThing): DoctorFinding {
  const level = thing.status.toUpperCase() as FindingLevel;
  return nodeOf(DoctorFinding, { level, code: codeOfCheck(thing.check), told: thing });
}
