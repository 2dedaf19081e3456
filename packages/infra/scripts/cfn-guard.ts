import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";

/** Our rules: see the file. */
const RULES = path.join(import.meta.dirname, "../guard/turnaway.guard");

/** What breaks one of our rules: `FILE: RULE`. The program comes with the npm package. */
export async function guardTemplates(files: readonly string[]): Promise<string[]> {
  const program = guardProgram();
  const found: string[] = [];
  for (const file of files) {
    const { stdout, code } = await run(program, [
      "validate",
      "-r",
      RULES,
      "-d",
      file,
      "-S",
      "fail",
    ]);
    if (code === 0) continue;
    const rules = [...stdout.matchAll(/^turnaway\.guard\/(\S+)\s+FAIL$/gm)].map(([, rule]) => rule);
    found.push(...(rules.length === 0 ? [stdout] : rules).map((rule) => `${file}: ${rule}`));
  }
  return found;
}

function guardProgram(): string {
  const { resolve } = createRequire(import.meta.url);
  const folder = path.dirname(resolve("@cdklabs/cdk-validator-cfnguard/package.json"));
  const platform = process.platform === "darwin" ? "macos" : "ubuntu";
  const machine = process.arch === "arm64" ? "aarch64" : "x86_64";
  const program = path.join(folder, "bin", platform, machine, "cfn-guard");
  if (!existsSync(program))
    throw new Error(`there is no cfn-guard for ${process.platform} ${process.arch} (${program})`);
  return program;
}

async function run(
  program: string,
  args: readonly string[],
): Promise<{ readonly stdout: string; readonly code: number }> {
  try {
    return { ...(await promisify(execFile)(program, [...args], { maxBuffer: 2 ** 26 })), code: 0 };
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: unknown; stdout?: string; stderr?: string };
    // 19: a rule failed. Anything else is a broken rule file, or no program at all.
    if (code !== 19)
      throw new Error(`cfn-guard failed (${String(code)}): ${stderr ?? ""}`, { cause: error });
    return { stdout: stdout ?? "", code };
  }
}
