import { createUnionType, Field, Float } from 'type-graphql';
import { Refused } from './error-type.js';
import { Most } from './list-size.js';
import { ObjectOfNobody, ShowsPersons } from './of-person.js';

/** A value of a view that was not what the log says. */
@ObjectOfNobody({ description: 'A value of a view that was not what the log says: a bug, or a change by hand.' })
class ViewDifference {
  @Field({
    description: '`run_view`, `chunk_view`, `schedule_view`, `backfill_view`, `backfill_date_view`, `night_view` or `low_fodmap_days`.',
  })
  view!: string;

  @ShowsPersons(({ value, source }) => ((source as ViewDifference).view === 'low_fodmap_days' ? [Number(value)] : []))
  @Field({
    description:
      'Id of the run, schedule, backfill or user; `<run>/<chunk>` for a chunk, `<backfill>/<date>` for a date, `<date>/<program>` for a night. Of a user’s days a hash is shown.',
  })
  key!: string;

  @Field({ description: 'The column; `(row)` when only one side has the row.' })
  column!: string;

  @Field({ description: 'What the view held.' })
  live!: string;

  @Field({ description: 'What the log says, and the view holds now.' })
  rebuilt!: string;
}

/** What a rebuild found. */
@ObjectOfNobody({ description: 'The views hold what the log says.' })
export class ViewsRebuilt {
  @Field(() => Float, { description: 'Events in the log.' })
  events!: number;

  @Most(1_000)
  @Field(() => [ViewDifference], { description: 'Where the views were wrong before; the first 1,000.' })
  differences!: readonly ViewDifference[];

  @Field(() => Float)
  durationMs!: number;
}

/** What `rebuildViews` answers. */
export const RebuildViewsResult = createUnionType({
  name: 'RebuildViewsResult',
  description: 'What the rebuild found, or why the log could not be read; then nothing was changed.',
  types: () => [ViewsRebuilt, Refused] as const,
  resolveType: (value: object) => value.constructor.name,
});
