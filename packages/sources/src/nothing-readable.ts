import { TurnawayError, type ErrorCode } from "@turnaway/core";

import type { FileCoverage } from "./coverage.ts";

/** The error of a run in which not one file could be read: what is wrong with the first. */
export function nothingReadable({ files, problems }: FileCoverage): TurnawayError {
  const first = problems.find(({ partial }) => partial) ?? problems[0];
  const code = CODES[first?.code ?? ""] ?? "DATA_INCOMPLETE";
  const why = first?.detail ?? "there is nothing in them";
  return new TurnawayError(code, {
    what: files === 1 ? "can not read the file" : `can not read any of the ${files} files`,
    ...(first === undefined ? {} : { where: first.where }),
    why: files === 1 ? why : `the first of them: ${why}`,
    fix: FIXES[code] ?? "point to flow logs as AWS delivered them: .log, .log.gz or .parquet",
  });
}

const CODES: Readonly<Record<string, ErrorCode>> = {
  FORMAT_UNKNOWN: "FORMAT_UNKNOWN",
  FORMAT_UNSUPPORTED: "FORMAT_UNKNOWN",
  SOURCE_UNREADABLE: "SOURCE_UNREADABLE",
};

const FIXES: Partial<Record<ErrorCode, string>> = {
  SOURCE_UNREADABLE: "check the permissions of the file",
};
