import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/** Steps of a workflow that nothing on loopback can do, by what they are replaced with. */
const STAND_INS: Readonly<Record<string, string>> = {
  // Only where it names a commit: `act` has put the checkout itself there already.
  "actions/checkout": [
    'git clone --quiet "$ACT_ORIGIN" "${{ inputs.path }}"\n',
    'git -C "${{ inputs.path }}" checkout --quiet "${{ inputs.ref }}"',
  ].join(""),
  // Node and pnpm are those that run this.
  "pnpm/action-setup": "echo set up",
  "actions/setup-node": "echo set up",
  // Every run begins with no cache.
  "actions/cache": "echo no cache",
  // There is nowhere to keep it.
  "actions/upload-artifact": "ls '${{ inputs.path }}'",
  // Asks for a token as the real one does, and hands on keys for a session.
  "aws-actions/configure-aws-credentials": [
    "curl --fail --silent --show-error --output /dev/null",
    '--header "Authorization: bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN"',
    '"$ACTIONS_ID_TOKEN_REQUEST_URL&audience=sts.amazonaws.com&role=${{ inputs.role-to-assume }}"\n',
    'echo "AWS_REGION=${{ inputs.aws-region }}" >> "$GITHUB_ENV"\n',
    'echo "AWS_ACCESS_KEY_ID=AKIDLOOPBACK" >> "$GITHUB_ENV"\n',
    'echo "AWS_SECRET_ACCESS_KEY=secret" >> "$GITHUB_ENV"',
  ].join(" "),
};

/** Where an artifact is said to be. */
export const ARTIFACT_URL = "https://github.com/octo/network/actions/runs/1/artifacts/1";

/**
 * Writes the stand-ins, and answers with the options that make `act` take them, for exactly those
 * commits that the workflows name.
 */
export async function writeStandIns(to: string, files: readonly string[]): Promise<string[]> {
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  const named = [...texts.join("\n").matchAll(/uses: ([\w-]+\/[\w-]+)@([0-9a-f]{40})/g)];
  const options = named.flatMap(([, name = "", commit]) =>
    Object.hasOwn(STAND_INS, name) ? [`${name}@${commit}=${path.join(to, name)}`] : [],
  );
  for (const [name, script] of Object.entries(STAND_INS)) {
    const folder = path.join(to, name);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, "action.yml"), actionText(name, script));
  }
  return [...new Set(options)].flatMap((option) => ["--local-repository", option]);
}

function actionText(name: string, script: string): string {
  const inputs = ["role-to-assume", "role-session-name", "aws-region", "run_install"];
  const others = ["path", "key", "restore-keys", "ref", "persist-credentials"];
  const upload = ["name", "if-no-files-found"];
  const lines = script.split("\n").map((line) => `        ${line.trim()}`);
  return [
    `name: ${name}`,
    "description: A stand-in",
    "inputs:",
    ...[...inputs, ...others, ...upload, "node-version-file", "package-manager-cache"].map(
      (each) => `  ${each}: {}`,
    ),
    "outputs:",
    `  artifact-url: { value: "${ARTIFACT_URL}" }`,
    "runs:",
    "  using: composite",
    "  steps:",
    "    - shell: bash",
    "      run: |",
    ...lines,
    "",
  ].join("\n");
}
