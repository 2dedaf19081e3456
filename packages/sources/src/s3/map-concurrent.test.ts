import { setImmediate as tick } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { mapConcurrent } from "./map-concurrent.ts";

test("keeps the order and never runs more than the limit at once", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 20 }),
      fc.integer({ min: 1, max: 5 }),
      async (waits, limit) => {
        let running = 0;
        let most = 0;
        const results = await mapConcurrent(waits, limit, async (wait) => {
          most = Math.max(most, ++running);
          for (let turn = 0; turn < wait; turn++) await tick();
          running -= 1;
          return wait * 2;
        });
        expect(results).toEqual(waits.map((wait) => wait * 2));
        expect(most).toBe(Math.min(limit, waits.length));
      },
    ),
  );
});

test("starts nothing after a failure, and waits for what is under way", async () => {
  const started: number[] = [];
  const ended: number[] = [];
  const running = mapConcurrent([0, 1, 2, 3], 2, async (item) => {
    started.push(item);
    if (item === 0) throw new Error("first");
    for (let turn = 0; turn < 3; turn++) await tick();
    ended.push(item);
  });
  await expect(running).rejects.toThrow("first");
  expect([started, ended]).toEqual([[0, 1], [1]]);
});
