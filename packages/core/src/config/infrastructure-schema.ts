import { z } from "zod";

import { accountId, line, region, text, wholeNumber } from "./values.ts";

/** What `turnaway deploy` makes, and for whom. */
export const infrastructureSchema = z.strictObject({
  account: accountId
    .optional()
    .describe(
      "Account of the bucket, the catalogue, the alarms and the roles. Default: the only entry of `accounts`",
    ),
  region: region.optional().describe("Region of the same. Default: the only entry of `regions`"),
  github: z
    .strictObject({
      repository: text(/^[\w-]{1,39}\/[\w.-]{1,100}$/, "owner/name")
        .nullable()
        .default(null)
        .describe("Repository whose workflows may deploy and report. Default: none, no roles"),
      ownerId: identity("the owner", "gh api users/OWNER --jq .id"),
      repositoryId: identity("the repository", "gh api repos/OWNER/NAME --jq .id"),
      deployEnvironment: line(255)
        .default("production")
        .describe("GitHub environment of the jobs that deploy; reviewers are set there"),
      reportEnvironment: line(255)
        .default("report")
        .describe("GitHub environment of the jobs that report"),
      sessionMinutes: wholeNumber(60, 720)
        .default(60)
        .describe("Longest session of these roles, in minutes"),
      provider: text(
        /^arn:aws[a-z-]*:iam::\d{12}:oidc-provider\/token\.actions\.githubusercontent\.com$/,
        "the ARN of the provider for token.actions.githubusercontent.com",
      )
        .nullable()
        .default(null)
        .describe(
          "OIDC provider of the account: there can be one for each URL. Default: `deploy` makes it",
        ),
    })
    .prefault({})
    .describe("Which repository's workflows may act in AWS"),
  expectedGbPerDay: z
    .number({ error: "gigabytes a day" })
    .positive({ error: "gigabytes a day, more than 0" })
    .default(1)
    .describe("Flow logs a day, in GB before compression: what the cost estimate is made of"),
  demoNetwork: z
    .boolean()
    .default(false)
    .describe("A tiny VPC that makes rejects on purpose. It costs money: see docs/cost.md"),
});

function identity(whose: string, command: string): z.ZodDefault<z.ZodNullable<z.ZodInt>> {
  const error = `the id of ${whose}: a whole number, as \`${command}\` prints it`;
  return z
    .int({ error })
    .positive({ error })
    .nullable()
    .default(null)
    .describe(`Id of ${whose}, which no rename can take over: \`${command}\``);
}
