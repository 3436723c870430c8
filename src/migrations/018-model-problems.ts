import { Migration } from '@mikro-orm/migrations';

/** What keeps each process from its language model, so that every other one can tell of it. It goes with the process. */
export class ModelProblemsMigration extends Migration {
  override name = '018-model-problems';

  override up(): void {
    this.addSql('alter table batch.worker add column model_problem text');
  }
}
