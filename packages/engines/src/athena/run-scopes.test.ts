import { TurnawayError } from "@turnaway/core";
import { describe, expect, it } from "vitest";

import { runScopes } from "./run-scopes.ts";

describe("C36: several accounts or regions", () => {
  const scopes = ["eu-west-1", "us-east-1"].map((name) => ({ name }));
  const denied = new TurnawayError("AWS", { what: "query failed", where: "athena", why: "denied" });

  it("keeps what the others answered, and says what is missing", async () => {
    const { results, problems } = await runScopes(scopes, async ({ name }) => {
      if (name === "us-east-1") throw denied;
      return name.length;
    });
    expect(results).toEqual([{ scope: { name: "eu-west-1" }, result: 9 }]);
    expect(problems).toEqual([
      {
        code: "SCOPE_FAILED",
        where: "us-east-1",
        detail: "query failed (athena): denied.",
        partial: true,
      },
    ]);
  });

  it("fails with all that was said when nobody answered", async () => {
    const failure = runScopes(scopes, () => Promise.reject(denied));
    await expect(failure).rejects.toMatchObject({
      code: "AWS",
      message:
        "query failed (eu-west-1, athena): denied.\nquery failed (us-east-1, athena): denied.",
    });
  });

  it.each(["INTERRUPTED", "BUG"] as const)("is not partial by %s", async (code) => {
    const error = new TurnawayError(code, { what: "stopped", why: "it was" });
    const failure = runScopes(scopes, async ({ name }) => {
      if (name === "us-east-1") throw error;
    });
    await expect(failure).rejects.toBe(error);
  });
});
