import { describe, expect, test } from "vitest";

import { BINDINGS, clientMembers } from "./bindings.ts";
import { SHAPES } from "./service-model.gen.ts";

describe("the model of the service", () => {
  test("has the members that the installed client sends and receives", () => {
    const differing = Object.entries(SHAPES).flatMap(([name, shape]) => {
      const theirs = clientMembers(name)?.toSorted();
      if (shape.type !== "structure" || theirs === undefined) return [];
      const ours = Object.keys(shape.members).toSorted();
      return ours.join() === theirs.join() ? [] : [{ name, ours, theirs }];
    });
    expect(differing).toEqual([]);
  });

  test("covers structures of the client only", () => {
    const unknown = Object.entries(SHAPES)
      .filter(([name, { type }]) => type === "structure" && clientMembers(name) === undefined)
      .map(([name]) => name);
    expect(unknown).toEqual([]);
  });

  test("finds each operation by a path of its own", () => {
    const paths = BINDINGS.map(({ method, segments }) => `${method} ${segments.join("/")}`);
    expect(new Set(paths).size).toBe(BINDINGS.length);
  });
});
