import { BAD_INPUTS } from './bad-input-words.js';
import { Args, Authorized, Ctx, Extensions, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { localDate } from '../domain/local-date.js';
import { ALL_PROGRAMS } from '../domain/programs/all-programs.js';
import type { Role } from '../identity/role.js';
import { Most, Weight } from '../schema/list-size.js';
import { Patient, PatientArgs, PatientProgram } from '../schema/patient-type.js';
import { nodeOf } from './node-of.js';
import { badInput } from './bad-input.js';
import type { Context } from './context.js';

/** Finds a patient by what an operator has in hand. */
@Resolver(() => Patient)
export class PatientResolver {
  @Authorized<Role>('viewer')
  @Weight(5)
  @Extensions({ personalArguments: ['userName'] })
  @Query(() => Patient, { nullable: true, description: 'An account by its id or by its user name; null where there is none.' })
  async patient(@Args(() => PatientArgs) { id, userName }: PatientArgs, @Ctx() { views }: Context): Promise<Patient | null> {
    const [byId, byName] = [id ?? undefined, userName ?? undefined];
    if ((byId === undefined) === (byName === undefined)) throw badInput('id', BAD_INPUTS.tell('ID_OR_NAME'));
    const found = byId === undefined ? await views.patients.byName(byName ?? '') : await views.patients.byId(byId);
    return found && nodeOf(Patient, { ...found, onRoster: found.active && !found.staff });
  }

  @Most(10)
  @Weight(5)
  @FieldResolver(() => [PatientProgram], {
    description: 'Every program, whether it is run by itself, and when it last advised the patient.',
  })
  async programs(@Root() { id }: Patient, @Ctx() { views }: Context): Promise<PatientProgram[]> {
    const newest = new Map((await views.patients.newestAdvice(id)).map(({ gubun, recordDate }) => [gubun, localDate(recordDate)]));
    const scheduled = new Set((await views.schedules.active(null)).map(({ settings }) => settings.program));
    return ALL_PROGRAMS.map(({ name, gubun, targetDate }) => {
      const lastRecordDate = newest.get(gubun) ?? null;
      const lastTargetDate = lastRecordDate && targetDate(lastRecordDate);
      return nodeOf(PatientProgram, { program: name, scheduled: scheduled.has(name), lastRecordDate, lastTargetDate });
    });
  }
}
