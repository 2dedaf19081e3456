/** The same function, of which so many calls run at once; others wait for their turn. */
export function atMost<Args extends readonly unknown[], T>(
  limit: number,
  call: (...args: Args) => Promise<T>,
): (...args: Args) => Promise<T> {
  let running = 0;
  const queue: (() => void)[] = [];
  return async (...args) => {
    if (running >= limit) await new Promise<void>((resolve) => queue.push(resolve));
    else running++;
    try {
      return await call(...args);
    } finally {
      const next = queue.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
