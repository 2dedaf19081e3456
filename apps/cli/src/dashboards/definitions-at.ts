import { spawn } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { buffer, text } from "node:stream/consumers";

import { describeSystemError } from "@turnaway/core";
import { usage } from "@turnaway/runs";

import { type Definitions, isDefinitionFile, readDefinitions } from "./definitions-folder.ts";

/**
 * The state of the definitions at a place: another folder, or a commit of git, of which the same
 * folder is taken. A commit that does not have the folder yet has no dashboards, nor has a folder
 * with nothing in it.
 *
 * @throws TurnawayError USAGE where the place is neither.
 */
export async function definitionsAt(place: string, folder: string): Promise<Definitions> {
  if (existsSync(place) && statSync(place).isDirectory()) {
    return readdirSync(place).length === 0 ? new Map() : readDefinitions(place);
  }
  const tree = await git(["rev-parse", "--verify", "--end-of-options", `${place}^{tree}`], folder);
  if (tree.code !== 0) {
    const said = tree.stderr.trim().split("\n").at(-1) ?? "";
    const why = `"${place}" is no folder, and git does not know it: ${said}`;
    throw usage("--from", why, "name a folder, or a commit that is fetched");
  }
  const files = await filesIn(tree.stdout.toString().trim(), folder);
  const dashboards = new Map<string, Record<string, string>>();
  for (const [file, content] of files) {
    const [name = "", ...rest] = file.split("/");
    const inside = rest.join("/");
    if (name.startsWith(".") || !isDefinitionFile(inside)) continue;
    const dashboard = dashboards.get(name) ?? {};
    dashboards.set(name, { ...dashboard, [inside]: content });
  }
  return dashboards;
}

// Of a tree, git lists what lies below the folder that it runs in, and names it from there.
async function filesIn(tree: string, folder: string): Promise<[string, string][]> {
  const listed = await git(["ls-tree", "-r", "-z", tree], folder);
  const entries = listed.stdout
    .toString()
    .split("\0")
    .map((line) => /^100\d+ blob ([0-9a-f]+)\t([^]+)$/.exec(line))
    .filter((entry) => entry !== null)
    .map(([, id, file]) => ({ id: id!, file: file! }));
  const ids = entries.map(({ id }) => `${id}\n`).join("");
  const { stdout } = await git(["cat-file", "--batch"], folder, ids);
  let at = 0;
  return entries.map(({ file }) => {
    const line = stdout.indexOf("\n", at);
    const size = Number(stdout.subarray(at, line).toString().split(" ").at(-1));
    at = line + 1 + size + 1;
    return [file, stdout.subarray(line + 1, at - 1).toString()];
  });
}

interface GitAnswer {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

async function git(args: readonly string[], cwd: string, stdin = ""): Promise<GitAnswer> {
  const child = spawn("git", args, { cwd, stdio: "pipe" });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  child.stdin.on("error", () => undefined).end(stdin);
  try {
    const answers = Promise.all([buffer(child.stdout), text(child.stderr), ended]);
    const [stdout, stderr, code] = await answers;
    return { code, stdout, stderr };
  } catch (error) {
    const why = describeSystemError(error);
    throw usage("--from", `git can't be run: ${why}`, "install git, or name a folder");
  }
}
