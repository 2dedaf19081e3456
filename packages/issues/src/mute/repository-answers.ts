import { z } from "zod";
import { parseAnswer } from "../github/github-answers.ts";

/** A pull request, open or not. */
export interface PullSeen {
  readonly number: number;
  readonly url: string;
}

/** A file of a branch; the sha says which version a change was made from. */
export interface FileSeen {
  readonly text: string;
  readonly sha: string;
}

export interface HomeSeen {
  readonly defaultBranch: string;
  readonly url: string;
}

export function readPull(answer: unknown): PullSeen {
  const { number, html_url: url } = parseAnswer(pullSchema, answer, "a pull request");
  return { number, url };
}

export function readFile(answer: unknown): FileSeen {
  const { content, sha } = parseAnswer(fileSchema, answer, "a file");
  return { text: Buffer.from(content, "base64").toString("utf8"), sha };
}

export function readHome(answer: unknown): HomeSeen {
  const home = parseAnswer(homeSchema, answer, "a repository");
  return { defaultBranch: home.default_branch, url: home.html_url };
}

export function readSha(answer: unknown): string {
  return parseAnswer(refSchema, answer, "a branch").object.sha;
}

/** Whether somebody may write, as `maintain` and `admin` may, too. */
export function readMayWrite(answer: unknown): boolean {
  const { permission } = parseAnswer(permissionSchema, answer, "a permission");
  return permission === "write" || permission === "admin" || permission === "maintain";
}

const pullSchema = z.object({ number: z.number().int(), html_url: z.string() });
const fileSchema = z.object({
  type: z.literal("file"),
  encoding: z.literal("base64"),
  content: z.string(),
  sha: z.string(),
});
const homeSchema = z.object({ default_branch: z.string().min(1), html_url: z.string() });
const refSchema = z.object({ object: z.object({ sha: z.string().min(1) }) });
const permissionSchema = z.object({ permission: z.string() });
