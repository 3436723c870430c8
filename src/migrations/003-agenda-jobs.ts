import { Migration } from '@mikro-orm/migrations';

import { getCreateIndexesSQL, getCreateTableSQL } from '@agendajs/postgres-backend';

/** Agenda's own table, made here: several processes that let Agenda make it at the same time crash. */
export class AgendaJobsMigration extends Migration {
  override name = '003-agenda-jobs';

  override up(): void {
    this.addSql('set local search_path to batch');
    this.addSql(getCreateTableSQL('agenda_jobs'));
    for (const statement of getCreateIndexesSQL('agenda_jobs')) this.addSql(statement);
    this.addSql("set local search_path to ''");
  }
}
