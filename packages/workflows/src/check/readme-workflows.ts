import { readFile } from "node:fs/promises";
import path from "node:path";

/** A workflow that a README tells people to copy. */
export interface ReadmeWorkflow {
  /** Of the README. */
  readonly file: string;
  readonly text: string;
}

const READMES = [
  "apps/reject-report/README.md",
  "apps/reject-report/check/README.md",
  "apps/reject-report/mute/README.md",
];

/** The whole workflows of the READMEs: blocks of YAML that begin with a name and say when they run. */
export async function readmeWorkflows(checkout: string): Promise<ReadmeWorkflow[]> {
  const found = await Promise.all(
    READMES.map(async (file) => {
      const readme = await readFile(path.join(checkout, file), "utf8");
      const blocks = [...readme.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, text]) => text!);
      return blocks
        .filter((text) => text.startsWith("name: ") && /^on:/m.test(text))
        .map((text) => ({ file, text }));
    }),
  );
  return found.flat();
}
