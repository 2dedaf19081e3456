import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { hasCredentials } from "./has-credentials.ts";

describe("whether anybody is signed in to AWS", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "turnaway-aws-"));
    for (const name of Object.keys(process.env))
      if (name.startsWith("AWS_")) vi.stubEnv(name, undefined);
    // Only these two files, and no machine that would answer for a role.
    vi.stubEnv("AWS_CONFIG_FILE", path.join(folder, "config"));
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", path.join(folder, "credentials"));
    vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  test.each<[string, Record<string, string>, string, boolean]>([
    ["nobody", {}, "", false],
    ["keys", { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" }, "", true],
    ["half a key", { AWS_ACCESS_KEY_ID: "a" }, "", false],
    [
      "a profile",
      { AWS_PROFILE: "x" },
      "[profile x]\naws_access_key_id=a\naws_secret_access_key=b",
      true,
    ],
    [
      "a profile that is not there",
      { AWS_PROFILE: "y" },
      "[profile x]\nregion=eu-central-1",
      false,
    ],
    [
      "a session of SSO that nobody has begun",
      { AWS_PROFILE: "x" },
      "[profile x]\nsso_start_url=https://example.com\nsso_region=eu-central-1\nsso_account_id=123456789012\nsso_role_name=reader",
      true, // whoever has set it up wants to be told to sign in
    ],
  ])("%s", async (_, variables, config, expected) => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    vi.stubEnv("HOME", folder);
    writeFileSync(path.join(folder, "config"), config);
    expect(await hasCredentials(process.env)).toBe(expected);
  });
});
