import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { AssetKind } from "./names.ts";
import { comparePermissions, wantedPermissions } from "./permissions.ts";

const KINDS: readonly AssetKind[] = ["dashboard", "analysis", "data set", "data source"];

describe("permissions", () => {
  test.each([
    ["dashboard", ["viewer", "author"]],
    ["analysis", ["author"]],
    ["data set", ["author"]],
    ["data source", ["author"]],
  ] as const)("of a %s are for %s", (kind, who) => {
    const given = wantedPermissions(kind, { principals: ["viewer"], authors: ["author"] });
    expect(new Set(given.map(({ Principal }) => Principal))).toEqual(new Set(who));
  });

  test("of an author who is listed as a viewer, too, are an author's", () => {
    const given = wantedPermissions("dashboard", { principals: ["both"], authors: ["both"] });
    expect(given).toHaveLength(1);
    expect(given[0]!.Actions).toContain("quicksight:UpdateDashboard");
  });

  test("are the wanted ones after what differs was granted and revoked", () => {
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), audience(), audience(), (kind, before, after) => {
        const live = wantedPermissions(kind, before);
        const wanted = wantedPermissions(kind, after);
        const { grant, revoke } = comparePermissions(wanted, live);
        expect(applied(live, { grant, revoke })).toEqual(sorted(wanted));
        expect(comparePermissions(wanted, wanted)).toEqual({ grant: [], revoke: [] });
      }),
    );
  });
});

type Permissions = ReturnType<typeof wantedPermissions>;

function applied(
  live: Permissions,
  { grant, revoke }: ReturnType<typeof comparePermissions>,
): Permissions {
  const after = new Map(live.map(({ Principal, Actions }) => [Principal!, new Set(Actions)]));
  for (const { Principal, Actions = [] } of revoke) {
    for (const action of Actions) after.get(Principal!)?.delete(action);
  }
  for (const { Principal, Actions = [] } of grant) {
    after.set(Principal!, new Set([...(after.get(Principal!) ?? []), ...Actions]));
  }
  const left = [...after].filter(([, actions]) => actions.size > 0);
  return sorted(left.map(([Principal, actions]) => ({ Principal, Actions: [...actions] })));
}

function sorted(permissions: Permissions): Permissions {
  return permissions
    .map(({ Principal, Actions = [] }) => ({ Principal, Actions: Actions.toSorted() }))
    .toSorted((a, b) => (a.Principal! < b.Principal! ? -1 : 1));
}

function audience() {
  const people = fc.uniqueArray(fc.constantFrom("ada", "grace", "linus", "margaret"));
  return fc.record({ principals: people, authors: people });
}
