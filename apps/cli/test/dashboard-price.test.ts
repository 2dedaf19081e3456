import { readFileSync } from "node:fs";
import { join } from "node:path";

import { ATHENA_PRICE, queryCost } from "@turnaway/engines/athena";
import { readYaml } from "@turnaway/core";
import { expect, it } from "vitest";

const DASHBOARD = join(
  import.meta.dirname,
  "../../../packages/dashboards/definitions/coverage/dashboard.yml",
);

it("the dashboard on cost takes the price that receipts take", () => {
  const { value } = readYaml(readFileSync(DASHBOARD, "utf8"), "dashboard.yml");
  const { scan_cost: cost } = (value as Fields)["calculated-fields"].builds;
  expect(cost).toBe(`sum({scanned_bytes}) / 1000000000000 * ${ATHENA_PRICE.usdPerTb}`);
  expect(queryCost({ scannedBytes: 1e12, billed: true })).toBe(ATHENA_PRICE.usdPerTb);
});

interface Fields {
  readonly "calculated-fields": { readonly builds: Readonly<Record<string, string>> };
}
