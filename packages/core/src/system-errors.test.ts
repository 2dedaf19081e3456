import { expect, it } from "vitest";

import { describeSystemError, errorCode } from "./system-errors.ts";

it.each([
  [failure("EACCES"), "permission denied (EACCES)"],
  [failure("EEXIST"), "a file of that name is there already (EEXIST)"],
  [failure("ENOTDIR"), "a part of the path is a file (ENOTDIR)"],
  [failure("ENOSPC"), "no space is left on the disk (ENOSPC)"],
  [failure("EXDEV"), "EXDEV: as the system says it"],
  [new Error("cut short"), "cut short"],
  ["a text", "a text"],
])("%s is said so that people can act on it", (error, said) => {
  expect(describeSystemError(error)).toBe(said);
});

it.each([
  [failure("ENOENT"), "ENOENT"],
  [new Error("none"), undefined],
  [Object.assign(new Error("a number"), { code: 7 }), undefined],
  [{ code: "ENOENT" }, undefined],
  [null, undefined],
])("%s has the code %s", (error, code) => {
  expect(errorCode(error)).toBe(code);
});

function failure(code: string): Error {
  return Object.assign(new Error(`${code}: as the system says it`), { code });
}
