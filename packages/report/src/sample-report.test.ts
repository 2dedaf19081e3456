import { parseExact, reportSchema } from "@turnaway/core";
import { expect, test } from "vitest";
import { renderJson } from "./index.ts";
import { SAMPLE_KINDS, sampleReport } from "./sample-report.ts";

test.each(SAMPLE_KINDS)("the %s sample satisfies the report schema", (kind) => {
  expect(reportSchema.parse(sampleReport(kind))).toEqual(sampleReport(kind));
});

test.each(SAMPLE_KINDS)("report.json of the %s sample reads back as the same report", (kind) => {
  expect(parseExact(renderJson(sampleReport(kind)))).toEqual(sampleReport(kind));
});
