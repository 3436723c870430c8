import { Migration } from '@mikro-orm/migrations';

/**
 * Roles that work on the schema without owning it. Which rights each has is no part of a migration: later tables want rights too, so that every migrating sets them anew
 * (`service-rights.ts`). Names and no ids: a dump is restored where roles have other ids, or are not there yet.
 */
export class ServiceRolesMigration extends Migration {
  override name = '055-service-roles';

  override up(): void {
    this.addSql(`create table batch.service_role (name text collate "C" primary key, since timestamptz not null default now())`);
    this.addSql(
      `comment on table batch.service_role is 'Roles of the service that do not own this schema: each migrating gives them the documented rights, and no others.'`,
    );
  }
}
