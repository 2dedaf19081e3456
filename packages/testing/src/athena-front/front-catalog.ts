import { ServiceError } from "./front-answer.ts";

/** A workgroup as `GetWorkGroup` shows it; an ordinary one by default. */
export interface FrontWorkgroup {
  readonly state?: "ENABLED" | "DISABLED";
  /** Null for none. */
  readonly outputLocation?: string | null;
  readonly enforced?: boolean;
  readonly managed?: boolean;
  readonly cutoffBytes?: number;
  readonly engineVersion?: string;
  readonly kmsKey?: string;
}

/** A table as `GetTableMetadata` shows it. */
export interface FrontTable {
  readonly name: string;
  readonly type?: "EXTERNAL_TABLE" | "VIRTUAL_VIEW";
  readonly columns: readonly FrontColumn[];
  readonly partitionKeys?: readonly FrontColumn[];
  readonly parameters?: Readonly<Record<string, string>>;
}

export interface FrontColumn {
  readonly name: string;
  readonly type: string;
}

export interface FrontCatalog {
  readonly workgroups: Readonly<Record<string, FrontWorkgroup>>;
  /** Tables by database. */
  readonly databases: Readonly<Record<string, readonly FrontTable[]>>;
}

export function getWorkgroup(catalog: FrontCatalog, name: string): FrontWorkgroup {
  const found = catalog.workgroups[name];
  if (found === undefined) {
    throw new ServiceError("InvalidRequestException", `WorkGroup ${name} is not found.`, {
      members: { AthenaErrorCode: "WORKGROUP_NOT_FOUND" },
    });
  }
  return found;
}

export function describeWorkgroup(name: string, group: FrontWorkgroup) {
  const location = outputLocationOf(group);
  return {
    Name: name,
    State: group.state ?? "ENABLED",
    Configuration: {
      ResultConfiguration: {
        ...(location !== null && { OutputLocation: location }),
        ...(group.kmsKey && {
          EncryptionConfiguration: { EncryptionOption: "SSE_KMS", KmsKey: group.kmsKey },
        }),
      },
      ManagedQueryResultsConfiguration: { Enabled: group.managed ?? false },
      EnforceWorkGroupConfiguration: group.enforced ?? true,
      PublishCloudWatchMetricsEnabled: true,
      ...(group.cutoffBytes && { BytesScannedCutoffPerQuery: group.cutoffBytes }),
      RequesterPaysEnabled: false,
      EngineVersion: {
        SelectedEngineVersion: "AUTO",
        EffectiveEngineVersion: group.engineVersion ?? "Athena engine version 3",
      },
    },
  };
}

export function outputLocationOf(group: FrontWorkgroup): string | null {
  if (group.managed) return null;
  return group.outputLocation === undefined ? "s3://results/athena/" : group.outputLocation;
}

export function getTables(catalog: FrontCatalog, database: string): readonly FrontTable[] {
  const tables = catalog.databases[database];
  if (tables !== undefined) return tables;
  throw new ServiceError("MetadataException", `Database ${database} not found`);
}

export function describeTable({ name, type, columns, partitionKeys, parameters }: FrontTable) {
  const column = ({ name, type }: FrontColumn) => ({ Name: name, Type: type });
  return {
    Name: name,
    TableType: type ?? "EXTERNAL_TABLE",
    Columns: columns.map(column),
    PartitionKeys: (partitionKeys ?? []).map(column),
    Parameters: parameters ?? {},
  };
}
