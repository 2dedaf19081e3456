/** Runs the body for every item, a few at a time, and stops at the first that throws. */
export async function runSideBySide<T>(
  items: readonly T[],
  atOnce: number,
  body: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const work = async (): Promise<void> => {
    for (const item of queue) await body(item);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
