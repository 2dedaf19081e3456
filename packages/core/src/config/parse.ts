import { formatDetail } from "../errors.ts";
import { type Config, normalizeConfig } from "./normalize.ts";
import { checkDeployable, checkRules } from "./rules.ts";
import { writtenConfigSchema } from "./schema.ts";
import { atTheirLines, placed, validate } from "./validate.ts";
import { readYaml } from "./yaml-source.ts";

/** A configuration, and what its author should know although it is valid. */
export interface ParsedConfig {
  readonly config: Config;
  /** `WHAT (WHERE): WHY. FIX.` each. */
  readonly warnings: readonly string[];
}

/**
 * Parses the text of `turnaway.yml`. Empty text is valid: every key has a default.
 *
 * @param fileName for messages; the file itself is not touched.
 * @throws TurnawayError `CONFIG` whose details are all issues of the file, in its order.
 */
export function parseConfig(text: string, fileName: string): ParsedConfig {
  return parse(text, fileName, checkRules);
}

/**
 * The same for a file that is to be deployed, which has to say where everything goes.
 *
 * @throws TurnawayError `CONFIG`, as {@link parseConfig}.
 */
export function parseDeployableConfig(text: string, fileName: string): ParsedConfig {
  return parse(text, fileName, checkDeployable);
}

/** What an empty `turnaway.yml` means. */
export function defaultConfig(): Config {
  return parseConfig("", "turnaway.yml").config;
}

function parse(text: string, fileName: string, check: typeof checkRules): ParsedConfig {
  const source = readYaml(text, fileName);
  const valid = validate(writtenConfigSchema, { ...source, value: source.value ?? {} });
  const { errors, warnings } = check(valid);
  if (errors.length > 0) throw atTheirLines(errors, source);
  return {
    config: normalizeConfig(valid),
    warnings: warnings.map((warning) => formatDetail(placed(warning, source))),
  };
}
