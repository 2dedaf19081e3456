import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expand } from "../src/expand.ts";
import { grafanaDashboard } from "../src/grafana/grafana-dashboard.ts";

// Nothing of a target stands in what Grafana gets.
const NOWHERE = { partition: "aws", region: "us-east-1", account: "000000000000", prefix: "" };

/** The dashboards of `definitions/` as Grafana has them: path from the package to text. */
export function grafanaFiles(root: string): Readonly<Record<string, string>> {
  const definitions = join(root, "definitions");
  return Object.fromEntries(
    readdirSync(definitions)
      .toSorted()
      .map((name) => {
        const dashboard = grafanaDashboard(name, expand(filesIn(join(definitions, name)), NOWHERE));
        return [`grafana/${name}.gen.json`, `${JSON.stringify(dashboard, null, 2)}\n`];
      }),
  );
}

function filesIn(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return Object.fromEntries(
    paths
      .filter((path) => path.endsWith(".yml"))
      .map((path) => [path, readFileSync(join(folder, path), "utf8")]),
  );
}
