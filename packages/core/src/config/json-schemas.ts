import { z } from "zod";

import { reportSchema } from "../report.ts";
import { mutesSchema } from "./mutes.ts";
import { writtenConfigSchema } from "./schema.ts";

/** JSON Schemas by the name of their file, as `pnpm generate` writes them. */
export function jsonSchemas(): Readonly<Record<string, object>> {
  return {
    "turnaway.schema.gen.json": toJsonSchema(writtenConfigSchema, "input"),
    "mutes.schema.gen.json": toJsonSchema(mutesSchema, "input"),
    "report.schema.gen.json": toJsonSchema(reportSchema, "output"),
  };
}

/** The text of such a file. */
export function jsonSchemaText(schema: object): string {
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

// Draft 7 is what the YAML language server of every editor reads.
function toJsonSchema(schema: z.ZodType, io: "input" | "output"): object {
  return z.toJSONSchema(schema, {
    io,
    target: "draft-7",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      // In JSON an integer is an integer, whatever holds it in memory.
      if (zodSchema._zod.def.type === "bigint") jsonSchema.type = "integer";
      if (jsonSchema.id === "count") {
        delete jsonSchema.anyOf;
        Object.assign(jsonSchema, { type: "integer", minimum: 0 });
      }
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      // zod leaves the name of a shared part in it as `id`, which draft 7 does not know.
      delete jsonSchema.id;
    },
  });
}
