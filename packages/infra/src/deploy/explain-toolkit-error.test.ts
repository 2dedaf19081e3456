import { AuthenticationError, BootstrapError, LockError, ToolkitError } from "@aws-cdk/toolkit-lib";
import { TurnawayError } from "@turnaway/core";
import { expect, test } from "vitest";

import { explainToolkitError } from "./explain-toolkit-error.ts";

const PLACE = { account: "123456789012", region: "eu-central-1" };

const at = "x could not be deployed (123456789012, eu-central-1)";

test.each<[string, unknown, string, string]>([
  [
    "a place that is not bootstrapped",
    new BootstrapError("X", "not bootstrapped", PLACE),
    "CONFIG",
    `${at}: 123456789012, eu-central-1 is not bootstrapped, or not by a version that is new enough. Run \`npx cdk bootstrap aws://123456789012/eu-central-1\` with credentials of that account.`,
  ],
  [
    "the credentials of another account",
    new AuthenticationError(
      "X",
      "Need to perform AWS calls for account 123456789012, but the current credentials are for 999999999999",
    ),
    "CONFIG",
    `${at}: signed in to 999999999999, and no role of the CDK bootstrap in 123456789012 lets that account in. Sign in to 123456789012, or bootstrap it with --trust 999999999999.`,
  ],
  [
    "no credentials",
    new AuthenticationError(
      "X",
      "Need to perform AWS calls for account 123456789012, but no credentials have been configured",
    ),
    "CONFIG",
    `${at}: Need to perform AWS calls for account 123456789012, but no credentials have been configured. Set AWS_PROFILE, run \`aws sso login\`, or give the job a role.`,
  ],
  [
    "a session that has expired, wrapped by the toolkit",
    ToolkitError.withCause("X", "failed", named("ExpiredToken", "The token has expired")),
    "AWS",
    `${at}: the AWS session has expired (ExpiredToken), and no newer one was found. Sign in again and repeat the command.`,
  ],
  [
    "a refusal",
    named(
      "AccessDenied",
      "User: arn:aws:iam::1:user/x is not authorized to perform: cloudformation:CreateChangeSet on resource: arn:aws:cloudformation:x",
    ),
    "AWS",
    `${at}: cloudformation:CreateChangeSet on arn:aws:cloudformation:x is not allowed. Allow cloudformation:CreateChangeSet on arn:aws:cloudformation:x in the role's policy.`,
  ],
  [
    "a throttle",
    named("Throttling", "Rate exceeded"),
    "AWS",
    `${at}: AWS answered Throttling until the deadline. Run again in some minutes.`,
  ],
  [
    "a folder in use",
    new LockError("X", "in use"),
    "AWS",
    `${at}: another run uses the folder of the templates. Wait until it is done, and run again.`,
  ],
  [
    "what nobody knows, in its first line and without colours",
    new ToolkitError("X", "\u001B[31mStack failed.\u001B[0m\n    at somewhere (toolkit.js:1)"),
    "AWS",
    `${at}: Stack failed. Run it again with TURNAWAY_DEBUG=1 for the whole answer.`,
  ],
  ["a mistake of ours", new TypeError("x is undefined"), "BUG", `${at}: x is undefined.`],
])("%s is one line", (_, error, code, message) => {
  const explained = explainToolkitError(error, { what: "x could not be deployed", place: PLACE });
  expect(explained).toBeInstanceOf(TurnawayError);
  expect({ code: explained.code, message: explained.message }).toEqual({ code, message });
});

test("an error of ours passes", () => {
  const ours = new TurnawayError("USAGE", { what: "x", why: "y" });
  expect(explainToolkitError(ours, { what: "z", place: null })).toBe(ours);
});

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
