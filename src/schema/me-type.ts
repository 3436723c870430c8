import { Field } from 'type-graphql';
import { ROLES, type Role } from '../identity/role.js';
import { enumOf } from './enums.js';
import { ObjectOfNobody } from './of-person.js';

export const RoleEnum = enumOf(ROLES, {
  name: 'Role',
  description: 'What a caller may do. An operator may do what a viewer may, an admin all; a reviewer stands beside them.',
  values: {
    viewer: 'Reads, health data of patients included.',
    reviewer: 'Sees the sample of advice without names, marks it, and turns points off and on. Reads nothing else.',
    operator: 'Also orders runs and edits schedules.',
    admin: 'Also deletes, forces, rebuilds and sees the job dashboard.',
  },
});

/** The caller. */
@ObjectOfNobody({ description: 'The caller, and what the caller may do.' })
export class Me {
  @Field({
    description: 'As the log names them: `token:<sub>`, `key:<name>`, `ibsafe:<user id>`, or `local` for a caller on this machine.',
  })
  actor!: string;

  @Field(() => RoleEnum)
  role!: Role;
}
