import type { Config, DetectionId } from "@turnaway/core";
import { usage } from "@turnaway/runs";
import { getSqlFile, type InsightsFile, insightsName } from "@turnaway/sql";

/** The thresholds of a detection: as given, as configured, or as the detection has them in SQL. */
export function insightsValues(
  file: InsightsFile,
  params: Readonly<Record<string, string>>,
  { report }: Config,
): Readonly<Record<string, number>> {
  const names = Object.keys(file.values ?? {});
  const unknown = Object.keys(params).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw usage(
      "--param",
      `there is no parameter ${unknown}`,
      names.length === 0 ? "the query takes none" : `the query takes ${names.join(", ")}`,
    );
  }
  const id = insightsName(file) as DetectionId;
  return Object.fromEntries(
    names.map((name): [string, number] => {
      const configured = report.detections[id]?.params[name];
      const value = Number(params[name] ?? configured ?? defaultOf(file, name));
      if (Number.isSafeInteger(value)) return [name, value];
      throw usage("--param", `received ${name}=${params[name]}`, "give a whole number");
    }),
  );
}

function defaultOf({ name: file }: InsightsFile, name: string): unknown {
  return getSqlFile("detections", file).parameters?.[name]?.default;
}
