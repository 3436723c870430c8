import type pg from 'pg';
import type { Catalogue } from '../domain/advice/catalogue/catalogue.js';
import { foodBookOf, type IbsafeFoodRow, FoodTable } from '../domain/advice/food-book.js';
import type { FoodBook } from '../domain/advice/patient-inputs.js';
import { IBSAFE } from './ibsafe-names.js';
import { MAX_FOOD_ID } from './record-lists.js';
import { requireFit } from './unfit-columns.js';

/** IBSafe's foods change rarely; a book this old (ms) is read again. */
const FRESH_MS = 300_000;
/** ms for which a book that cannot be read anew still serves, and from one attempt to the next. */
const [USABLE_MS, AGAIN_MS] = [3_600_000, 10_000];
/** IBSafe's column holds 100 characters; whatever a database allows, no more enters an intervention. */
const NAME_LENGTH = 100;

/** A reason says its class in its first words, if at all. */
const BASIS_LENGTH = 40;

/** g of fibre in 100 g of a food. What is above may be more than a double holds. */
const MAX_FIBRE = 100;

const FOODS = `select id::float8 as id, left(coalesce(food_code::text, ''), ${NAME_LENGTH}) as "foodCode", left(coalesce(food_name::text, ''), ${NAME_LENGTH}) as "foodName",
  left(fodmap::text, ${BASIS_LENGTH}) as fodmap, left(fodmap_basis::text, ${BASIS_LENGTH}) as "fodmapBasis",
  case when dietary_fiber_g between 0 and ${MAX_FIBRE} then dietary_fiber_g::float8 end as "fibreGrams" from ${IBSAFE.foods} where id between 0 and ${MAX_FOOD_ID}`;

/** IBSafe's food table in memory, so that chunks fetch ids only. */
export class FoodBookCache {
  private book: FoodBook = new FoodTable([]);
  private readAt = -Infinity;
  private triedAt = -Infinity;
  private reading: Promise<void> | undefined;

  constructor(
    private readonly pool: Pick<pg.Pool, 'query'>,
    private readonly catalogue: Catalogue,
  ) {}

  /** The book as it was last read. */
  get current(): FoodBook {
    return this.book;
  }

  /** Reads the book when it is missing or old. @throws when it cannot be read and there is none, or none of the last hour */
  async keepFresh(): Promise<void> {
    const now = performance.now();
    if (now - this.readAt < FRESH_MS || now - this.triedAt < AGAIN_MS) return;
    this.reading ??= this.read().finally(() => (this.reading = undefined));
    await this.reading.catch((error: unknown) => {
      // An older book is better than no advice, for a while: a chunk soon tries again.
      if (performance.now() - this.readAt > USABLE_MS) throw error;
      this.triedAt = performance.now();
    });
  }

  private async read(): Promise<void> {
    await requireFit(this.pool); // before what anything has a text of is read as a name, or as a class
    const { rows } = await this.pool.query<IbsafeFoodRow>(FOODS);
    this.book = foodBookOf(rows, this.catalogue);
    this.readAt = performance.now();
  }
}
