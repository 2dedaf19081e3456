import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

const FOLDER = path.join(import.meta.dirname, "../../../.github/workflows");

const stepSchema = z.looseObject({
  uses: z.string().optional(),
  env: z.record(z.string(), z.unknown()).optional(),
  with: z.record(z.string(), z.unknown()).optional(),
});
const jobSchema = z.looseObject({
  environment: z.string().optional(),
  permissions: z.record(z.string(), z.string()),
  steps: z.array(stepSchema),
});
const workflowSchema = z.looseObject({ jobs: z.record(z.string(), jobSchema) });

const JOBS = readdirSync(FOLDER).flatMap((file) => {
  const { jobs } = workflowSchema.parse(parse(readFileSync(path.join(FOLDER, file), "utf8")));
  return Object.entries(jobs).map(([name, job]) => [`${file} ${name}`, job] as const);
});

const uses = (job: z.infer<typeof jobSchema>, action: string) =>
  job.steps.filter((step) => step.uses?.startsWith(action) === true);

const WITH_ROLE = JOBS.filter(([, job]) => uses(job, "aws-actions/").length > 0);

test("eight jobs take a role, each by the environment that the role trusts", () => {
  expect(WITH_ROLE.map(([name, { environment }]) => [name, environment])).toEqual([
    ["dashboards.yml compared", "report"],
    ["deploy.yml deploy", "production"],
    ["deploy.yml dashboards", "production"],
    ["drift.yml look", "production"],
    ["drift.yml dashboards", "report"],
    ["maintain.yml maintain", "report"],
    ["plan.yml compared", "report"],
    ["report.yml report", "report"],
  ]);
});

describe.each(WITH_ROLE)("%s", (_, job) => {
  test("has its environment looked at before it asks for the role", () => {
    const [settings] = uses(job, "./.github/actions/settings");
    expect(settings?.with?.["environment"]).toBe(job.environment);
    const [take] = uses(job, "aws-actions/");
    expect(job.steps.indexOf(settings!)).toBeLessThan(job.steps.indexOf(take!));
  });

  test("takes the role that the settings were asked about", () => {
    const [settings] = uses(job, "./.github/actions/settings");
    const [take] = uses(job, "aws-actions/");
    const variable = { deploy: "TURNAWAY_DEPLOY_ROLE", report: "TURNAWAY_ROLE" };
    const role = settings?.with?.["role"] as "deploy" | "report";
    expect(take?.with?.["role-to-assume"]).toBe(`\${{ vars.${variable[role]} }}`);
  });

  test("may have a token of AWS, and hands GitHub's to no step before the last", () => {
    expect(job.permissions).toMatchObject({ "id-token": "write" });
    for (const step of job.steps.slice(0, -1))
      expect(step.env ?? {}).not.toHaveProperty("GITHUB_TOKEN");
  });
});

test.each(JOBS.filter(([, { permissions }]) => permissions["id-token"] === "write"))(
  "%s asks for a token of AWS or npm in an environment alone",
  (_, { environment }) => expect(environment).toBeTruthy(),
);
