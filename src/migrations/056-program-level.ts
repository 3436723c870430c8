import { Migration } from '@mikro-orm/migrations';

/**
 * The oldest programs that this schema can be worked on with. A migration that takes something away raises it; every program compares it with its own level before it works
 * and while it does, so that an older one ends with a sentence instead of an error a night later.
 */
export class ProgramLevelMigration extends Migration {
  override name = '056-program-level';

  override up(): void {
    this.addSql(
      'create table batch.program_level (is_only boolean primary key default true check (is_only), least int not null check (least > 0))',
    );
    this.addSql('insert into batch.program_level (least) values (1)');
    this.addSql(
      `comment on table batch.program_level is 'Programs of a level below it cannot work on this schema, and end. Raised by a migration that takes away what they use.'`,
    );
  }
}
