/** Does the same work for many, so many at a time: the results in the order of the items. The first failure is thrown once those under way have ended. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  { width, work }: { width: number; work: (item: Item) => Promise<Result> },
): Promise<Result[]> {
  const left = [...items.entries()];
  const results: Result[] = [];
  let failure: { readonly cause: unknown } | undefined;
  const lane = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined && failure === undefined; next = left.shift()) {
      const [index, item] = next;
      try {
        results[index] = await work(item);
      } catch (cause) {
        failure ??= { cause };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
  if (failure !== undefined) throw failure.cause;
  return results;
}
