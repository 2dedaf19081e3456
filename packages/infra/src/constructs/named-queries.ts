import { TurnawayError } from "@turnaway/core";
import { CfnNamedQuery } from "aws-cdk-lib/aws-athena";
import { Construct } from "constructs";

export interface NamedQueriesProps {
  readonly workgroup: string;
  readonly database: string;
  readonly queries: readonly NamedQuery[];
}

export interface NamedQuery {
  /** Unique; part of the logical id. */
  readonly name: string;
  readonly description: string;
  readonly text: string;
}

/** Queries that people find in the console of Athena. AWS replaces one whose text changes. */
export class NamedQueries extends Construct {
  constructor(scope: Construct, id: string, { workgroup, database, queries }: NamedQueriesProps) {
    super(scope, id);
    for (const { name, description, text } of queries) {
      refuseTooLong(name, text);
      new CfnNamedQuery(this, name, {
        name,
        description: shorten(description),
        database,
        workGroup: workgroup,
        queryString: text,
      });
    }
  }
}

/** Source: AWS General Reference, "Amazon Athena endpoints and quotas". */
const MAX_QUERY_BYTES = 262_144;
const MAX_DESCRIPTION = 1024;

function refuseTooLong(name: string, text: string): void {
  const bytes = Buffer.byteLength(text);
  if (bytes <= MAX_QUERY_BYTES) return;
  throw new TurnawayError("CONFIG", {
    what: `the query ${name} would be too long`,
    where: "report",
    why: `with the networks, services and parameters of the configuration it has ${bytes} bytes, and Athena takes ${MAX_QUERY_BYTES}`,
    fix: "merge neighbouring networks in report.internalCidrs, or name fewer report.knownServices",
  });
}

function shorten(text: string): string {
  return text.length <= MAX_DESCRIPTION ? text : `${text.slice(0, MAX_DESCRIPTION - 1)}…`;
}
