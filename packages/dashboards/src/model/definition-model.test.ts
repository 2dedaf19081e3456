import * as schemas from "@aws-sdk/client-quicksight";
import { describe, expect, it } from "vitest";

import { SHAPES } from "./definition-model.gen.ts";

describe("the model of a definition", () => {
  it("has the members that the installed client sends and receives", () => {
    const differing = Object.entries(SHAPES).flatMap(([name, shape]) => {
      const schema = (schemas as Record<string, unknown>)[`${name}$`];
      if (shape.type !== "structure" || !Array.isArray(schema)) return [];
      const ours = Object.keys(shape.members).toSorted();
      const theirs = (schema[4] as readonly string[]).toSorted();
      return ours.join() === theirs.join() ? [] : [{ name, ours, theirs }];
    });
    expect(differing).toEqual([]);
  });

  it("covers every structure of the client", () => {
    const structures = Object.entries(SHAPES).filter(([, shape]) => shape.type === "structure");
    const known = structures.filter(([name]) => `${name}$` in schemas);
    expect(known.length).toBe(structures.length);
  });
});
