/**
 * What a test file holds: given back in reverse, and whole, also when a later one could not be had. What stays open would trouble the next file of the
 * same process. (AsyncDisposableStack, which Node has from 24 on.)
 */
export class Resources {
  private readonly held: AsyncDisposable[] = [];

  /** Notes a resource and gives it back to the caller. */
  use<T extends AsyncDisposable>(resource: T): T {
    this.held.push(resource);
    return resource;
  }

  /** Ends them all, the latest first. @throws what the first failure threw, after all have been tried */
  async end(): Promise<void> {
    const failures: unknown[] = [];
    for (let resource = this.held.pop(); resource !== undefined; resource = this.held.pop())
      await Promise.resolve(resource[Symbol.asyncDispose]()).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }
}
