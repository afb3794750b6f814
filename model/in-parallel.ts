/** Does the same work for many, so many at a time. The first failure is thrown once the others under way have ended. */
export async function inParallel<Item>(
  items: readonly Item[],
  { width, work }: { width: number; work: (item: Item) => Promise<void> },
): Promise<void> {
  const left = [...items];
  let failure: { readonly cause: unknown } | undefined;
  const lane = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined && failure === undefined; item = left.shift()) {
      try {
        await work(item);
      } catch (cause) {
        failure ??= { cause };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
  if (failure !== undefined) throw failure.cause;
}
