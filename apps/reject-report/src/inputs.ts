import { type Config, type Severity, SEVERITIES, TurnawayError } from "@turnaway/core";
import { choice, type Options } from "@turnaway/runs";

/** Everything that a workflow says to the Action, as one value. */
export interface Inputs {
  /** What the command has as options, too: read and refused by the same functions. */
  readonly options: Options;
  readonly sources: readonly string[];
  readonly failOn: Severity | undefined;
  /** Folder for the files of the report. */
  readonly out: string | undefined;
  readonly githubToken: string | undefined;
  /** What goes before `github` of the configuration. */
  readonly github: Partial<Pick<Config["github"], "issueMode" | "mask" | "publicOk" | "defang">>;
  readonly maskKey: string | null;
  readonly isDryRun: boolean;
  readonly keepsArtifact: boolean;
}

/** Inputs that are options of the command: kebab case here, camel case there. */
const MIRRORED = [
  "engine",
  "date",
  "since",
  "until",
  "timezone",
  "now",
  "name",
  "config",
  "fields",
  "state",
] as const;

/**
 * Reads the inputs as a runner hands them over: `INPUT_GITHUB-TOKEN` and the like, trimmed, and
 * empty where a workflow does not say anything.
 *
 * @throws TurnawayError USAGE that names the input.
 */
export function readInputs(env: NodeJS.ProcessEnv): Inputs {
  const given = (name: string): string | undefined =>
    env[`INPUT_${name.toUpperCase()}`]?.trim() || undefined;
  const lines = (name: string): string[] =>
    (given(name) ?? "").split(/\r?\n/).flatMap((line) => line.trim() || []);
  const isOn = (name: string): boolean | undefined => readSwitch(name, given(name));
  const own = {
    failOn: given("fail-on"),
    issueMode: given("issue-mode"),
  };
  const publicOk = isOn("public-ok");
  const defang = isOn("defang");
  const mask = readMask(given("mask"));
  const issueMode = choice(own, "issueMode", ["rolling", "daily", "none"]);
  return {
    options: readOptions(given, lines("param")),
    sources: lines("source"),
    failOn: choice(own, "failOn", SEVERITIES),
    out: given("out"),
    githubToken: given("github-token"),
    github: {
      ...(issueMode === undefined ? {} : { issueMode }),
      ...(mask === undefined ? {} : { mask }),
      ...(publicOk === undefined ? {} : { publicOk }),
      ...(defang === undefined ? {} : { defang }),
    },
    maskKey: given("mask-key") ?? null,
    isDryRun: isOn("dry-run") ?? false,
    keepsArtifact: isOn("artifact") ?? true,
  };
}

function readOptions(
  given: (name: string) => string | undefined,
  param: readonly string[],
): Options {
  const mirrored = MIRRORED.flatMap((name) => {
    const value = given(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(mirrored), ...(param.length === 0 ? {} : { param }) };
}

// As YAML 1.2 writes them, which is what the toolkit takes.
function readSwitch(name: string, value: string | undefined): boolean | undefined {
  if (value === undefined) return undefined;
  if (/^(true|True|TRUE)$/.test(value)) return true;
  if (/^(false|False|FALSE)$/.test(value)) return false;
  throw wrongInput(name, `received "${value}"`, "use true or false");
}

const MASKS = ["accounts", "private-ips", "ids"] as const;

function readMask(value: string | undefined): Config["github"]["mask"] | undefined {
  return value
    ?.split(/[\s,]+/)
    .filter((word) => word !== "")
    .map((word) => {
      const mask = MASKS.find((one) => one === word);
      if (mask !== undefined) return mask;
      throw wrongInput("mask", `received "${word}"`, `use some of ${MASKS.join(", ")}`);
    });
}

/** The error of an input that can not be. */
export function wrongInput(name: string, why: string, fix: string): TurnawayError {
  return new TurnawayError("USAGE", { what: "wrong input", where: name, why, fix });
}

/**
 * The same error as somebody reads it who wrote a workflow: options of the command are inputs
 * there, without dashes.
 */
export function asInputError(error: unknown): unknown {
  if (!(error instanceof TurnawayError) || error.code !== "USAGE") return error;
  const details = error.details.map(({ what, where, why, fix }) => ({
    what: what === "wrong usage" ? "wrong input" : what,
    why: withoutDashes(why),
    ...(where === undefined ? {} : { where: where === "SOURCE" ? "source" : withoutDashes(where) }),
    ...(fix === undefined ? {} : { fix: withoutDashes(fix) }),
  }));
  return new TurnawayError("USAGE", details, { cause: error });
}

function withoutDashes(said: string): string {
  return said.replaceAll(/(?<![\w-])--(?=[a-z])/g, "");
}
