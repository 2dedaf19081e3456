import { expect, it } from "vitest";

import { resultsBucketName } from "./results-bucket.ts";

const home = { account: "123456789012", region: "ap-southeast-5" };

it("gives each deployment a bucket for answers, by a name that S3 takes", () => {
  const names = ["production", "staging", "n".repeat(40)].map((name) =>
    resultsBucketName({ name, home }),
  );
  expect(new Set(names).size).toBe(3);
  for (const name of names) expect(name).toMatch(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
  expect(resultsBucketName({ name: "production", home })).toBe(names[0]);
});
