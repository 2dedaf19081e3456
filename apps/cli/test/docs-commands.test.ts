import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { parseConfig } from "@turnaway/core";
import { parse } from "yaml";
import { describe, expect, test } from "vitest";

import { type Known, whyUnknown } from "./support/documented-command.ts";
import { shellCommands } from "./support/shell-words.ts";

const root = path.join(import.meta.dirname, "../../..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");

/** Commands of other programs that documents may tell people to run, by how they begin. */
const OTHERS = [
  "aws athena get-work-group",
  "aws cloudformation continue-update-rollback",
  "aws cloudformation delete-stack",
  "aws cloudformation describe-stack-events",
  "aws cloudformation describe-stacks",
  "aws cloudformation update-termination-protection",
  "aws ec2 delete-flow-logs",
  "aws ec2 describe-flow-logs",
  "aws glue get-table",
  "aws iam get-role",
  "aws iam list-open-id-connect-providers",
  "aws kms get-key-policy",
  "aws logs filter-log-events",
  "aws s3 cp",
  "aws s3 ls",
  "aws s3 rb",
  "aws s3 rm",
  "aws s3 sync",
  "aws s3api get-bucket-location",
  "aws s3api get-bucket-policy",
  "aws sns list-subscriptions-by-topic",
  "aws sts get-caller-identity",
  "gh api repos/",
  "gh api users/",
  "gh api --method PUT repos/",
  "gh attestation verify",
  "gh issue list",
  "gh pr create",
  "gh repo clone",
  "gh repo create",
  "gh run list",
  "gh run watch",
  "gh variable delete",
  "gh variable list",
  "gh variable set",
  "gh workflow run",
  "git add",
  "git clone",
  "git commit",
  "git push",
  "git switch",
  ".ci/run",
  "cd",
  "mv",
  "npx cdk bootstrap",
];

const known: Known = {
  scripts: scriptsOf("package.json"),
  packageScripts: new Map(
    ["apps", "packages"].flatMap((room) =>
      readdirSync(path.join(root, room)).map((name): [string, ReadonlySet<string>] => {
        const file = `${room}/${name}/package.json`;
        return [(JSON.parse(read(file)) as { name: string }).name, scriptsOf(file)];
      }),
    ),
  ),
  others: OTHERS,
};

const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  ...readdirSync(path.join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

describe.each(PAGES)("%s", (page) => {
  test("tells people to run nothing that is not there", () => {
    const wrong = blocks(page, "sh")
      .flatMap(shellCommands)
      .flatMap((command) => whyUnknown(command, known) ?? []);
    expect(wrong).toEqual([]);
  });

  test("names no command of ours in a sentence that is not there", () => {
    const wrong = spans(page)
      .flatMap(shellCommands)
      .flatMap((command) => whyUnknown(command, known) ?? [])
      // A sentence may leave out what a command takes.
      .filter((why) => !/was given \d+ arguments$|has no value$/.test(why));
    expect(wrong).toEqual([]);
  });

  test("shows no turnaway.yml that would be refused", () => {
    for (const text of blocks(page, "yaml").filter(isConfig))
      expect(() => parseConfig(text, page)).not.toThrow();
  });

  test("links to files that are there", () => {
    const links = [...read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(#[^)]*)?\)/g)];
    const folder = path.dirname(path.join(root, page));
    for (const [, link] of links)
      expect(() => readdirOrFile(path.join(folder, link!))).not.toThrow();
  });
});

test("the guides are there, with commands to look at", () => {
  const guides = ["deploy", "migrate", "cost", "security", "troubleshooting", "proof"];
  for (const name of guides)
    expect(blocks(`docs/${name}.md`, "sh").length, name).toBeGreaterThan(0);
  const configs = PAGES.flatMap((page) => blocks(page, "yaml").filter(isConfig));
  expect(configs.length).toBeGreaterThan(3);
});

describe("a documented command", () => {
  test.each([
    ["turnaway reprot ./logs", 'there is no command "reprot"'],
    ["turnaway report ./logs --frm text", "report [source...] has no option --frm"],
    ["turnaway report ./logs --format pdf", "--format <format> does not take pdf"],
    ["turnaway views plan extra", "plan was given 1 arguments"],
    ["turnaway sql show", "show <name> was given 0 arguments"],
    ["turnaway deploy", 'there is no command ""'],
    ["pnpm deploy-all", "package.json has no script deploy-all"],
    ["pnpm --filter @turnaway/core fly", "@turnaway/core has no script fly"],
    ["rm -rf /", '"rm -rf /" begins like no command that is allowed here'],
    ["X=1 pnpm --silent turnaway trace", "trace <subject> [source...] was given 0 arguments"],
  ])("%s is refused", (line, why) => {
    expect(shellCommands(line).map((command) => whyUnknown(command, known))).toEqual([why]);
  });

  test("is taken with its comment, quotes, continuation and pipe", () => {
    const text = `npx -y -p node@24 -p pnpm@12.21.0 pnpm demo # a tour\nturnaway trace '10.0.3.7->10.0.9.20:5432' \\\n  ./logs --limit=5 | aws s3 cp - "s3://x y/z"\n`;
    const commands = shellCommands(text);
    expect(commands).toEqual([
      ["npx", "-y", "-p", "node@24", "-p", "pnpm@12.21.0", "pnpm", "demo"],
      ["turnaway", "trace", "10.0.3.7->10.0.9.20:5432", "./logs", "--limit=5"],
      ["aws", "s3", "cp", "-", "s3://x y/z"],
    ]);
    expect(commands.map((command) => whyUnknown(command, known))).toEqual([null, null, null]);
  });

  test.each(["turnaway 'report", "turnaway report $(date)"])("%s can't be read", (line) => {
    expect(() => shellCommands(line)).toThrow();
  });
});

/** Commands of ours between backticks; one that leaves something open has an ellipsis or a bar. */
function spans(page: string): string[] {
  const sentences = read(page).replaceAll(/^( *)```[^]*?^ *```$/gm, "");
  return [...sentences.matchAll(/`((?:turnaway|pnpm(?! --silent`)) [^`]+)`/g)]
    .map(([, text]) => text!.replaceAll(/\s+/g, " "))
    .filter((text) => !/[…|[\]]/.test(text));
}

/** Texts of the fenced blocks of a language, those in lists included. */
function blocks(page: string, language: string): string[] {
  const fenced = new RegExp(`^( *)\`\`\`${language}\\n([^]*?)^ *\`\`\`$`, "gm");
  return [...read(page).matchAll(fenced)].map(([, indent, text]) =>
    text!.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  );
}

const SCHEMA = "packages/core/schemas/turnaway.schema.gen.json";
const TOP_KEYS = new Set(
  Object.keys((JSON.parse(read(SCHEMA)) as { properties: object }).properties),
);

function isConfig(text: string): boolean {
  const value: unknown = parse(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.some((key) => TOP_KEYS.has(key)) && !keys.includes("jobs");
}

function scriptsOf(file: string): ReadonlySet<string> {
  return new Set(Object.keys((JSON.parse(read(file)) as { scripts?: object }).scripts ?? {}));
}

function readdirOrFile(at: string): void {
  try {
    readdirSync(at);
  } catch {
    readFileSync(at);
  }
}
