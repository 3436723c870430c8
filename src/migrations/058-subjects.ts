import { Migration } from '@mikro-orm/migrations';
import { ERASE, WORK } from './058-erase.js';
import { APPEND, CHAIN, VIEWS } from './058-log.js';
import { CHECK, LOG, MONTHS, MOVE, SETTLE } from './058-move.js';
import { MAP, SEALS } from './058-persons.js';

/**
 * Persons leave the log. An event names a subject, an opaque number; one table says which person a subject is, and a row that is taken out of it cannot be made again. What else of an event
 * leads to a person is sealed with the subject's secret, or stands beside the log: the row that was written, hashes of records and answers, the words of operators.
 *
 * The log itself is `batch.event_log`. `batch.event` is the same with what is known of persons, for all who read: an earlier release as well.
 */
export class SubjectsMigration extends Migration {
  override name = '058-subjects';

  override up(): void {
    for (const statement of [MAP, SEALS, LOG, MONTHS, SETTLE, MOVE, CHECK, CHAIN, VIEWS, APPEND, WORK, ERASE]) this.addSql(statement);
  }
}
