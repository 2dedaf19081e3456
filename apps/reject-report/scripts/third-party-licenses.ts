import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import type { Plugin } from "rolldown";

/** Puts the licenses of what is bundled beside it, as those licenses ask: `licenses.txt`. */
export function thirdPartyLicenses(): Plugin {
  return {
    name: "third-party-licenses",
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((file) =>
        file.type === "chunk" ? file.moduleIds : [],
      );
      const packages = new Map(
        modules.flatMap((id) => {
          const found = packageOf(id);
          return found === null ? [] : [[`${found.name} ${found.version}`, found] as const];
        }),
      );
      const byTitle = [...packages].toSorted(([a], [b]) => (a < b ? -1 : 1));
      // Many have the same text, word for word.
      const texts = Map.groupBy(byTitle, ([, { folder }]) => textOf(folder));
      const source = [...texts]
        .flatMap(([text, group]) => [
          group.map(([title, { license }]) => `# ${title} (${license})`).join("\n"),
          ...(text === "" ? [] : [text]),
        ])
        .join("\n\n");
      this.emitFile({ type: "asset", fileName: "licenses.txt", source: `${source}\n` });
    },
  };
}

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly folder: string;
}

// Manifests further within a package say only which kind its modules are.
function packageOf(moduleId: string): Package | null {
  const [, folder] = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(moduleId) ?? [];
  if (folder === undefined) return null;
  const manifest = readFileSync(path.join(folder, "package.json"), "utf8");
  const { name, version, license } = JSON.parse(manifest) as Omit<Package, "folder">;
  return { name, version, license: license ?? "no license named", folder };
}

function textOf(folder: string): string {
  const names = readdirSync(folder).filter((name) => /^(licen[cs]e|notice|copying)\b/i.test(name));
  return names
    .toSorted()
    .map((name) => readFileSync(path.join(folder, name), "utf8").replaceAll("\r\n", "\n").trim())
    .join("\n\n");
}
