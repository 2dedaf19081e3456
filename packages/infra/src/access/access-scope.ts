import { hasDashboards } from "@turnaway/core";

import { bucketArn, logPlace } from "../delivery/log-place.ts";
import { type Deployment, nameOf, type Place } from "../deployment.ts";
import { roleName } from "../github-subject.ts";
import { partitionOf } from "../partition.ts";
import { resultsBucketName } from "../results-bucket.ts";

/** What the roles of a deployment are about, by name: nothing of it has to be there yet. */
export interface AccessScope {
  readonly partition: string;
  /** Place of the bucket, the catalogue and the roles. */
  readonly home: Place;
  /** Places that anything is deployed to, home first. */
  readonly places: readonly Place[];
  readonly bucketArn: string | null;
  /** `AWSLogs/` and what stands above it, of each kind of flow log. */
  readonly logPrefixes: readonly string[];
  /** Key of the bucket; null where S3 keeps it. */
  readonly keyArn: string | null;
  /** Where the tables of the rollup lie. */
  readonly warehouse: { readonly bucketArn: string; readonly prefix: string } | null;
  /** Bucket of the answers; null where Athena keeps them. */
  readonly resultsArn: string | null;
  readonly database: string;
  readonly workgroup: string;
  readonly lakeFormation: boolean;
  readonly logGroup: string | null;
  /** Topic that reports tell what is new. */
  readonly topicArn: string | null;
  /** Names of the stacks. */
  readonly stacks: readonly string[];
  /** Assets in QuickSight; null where nobody is to see any. */
  readonly quickSight: QuickSightScope | null;
}

export interface QuickSightScope {
  /** Id of the data source; those of all other assets begin with it and a hyphen. */
  readonly sourceId: string;
  /** Role that the data source reads with. */
  readonly roleArn: string;
  /** ARNs of the users and groups that see or edit them. */
  readonly principals: readonly string[];
}

/** @param keyArn of the bucket of the logs; null where S3 keeps the key */
export function accessScope(deployment: Deployment, keyArn: string | null): AccessScope {
  const { config, home } = deployment;
  const place = logPlace(deployment);
  return {
    partition: partitionOf(home.region),
    home,
    places: distinctPlaces([home, ...deployment.places]),
    bucketArn: place?.bucketArn ?? null,
    logPrefixes:
      place === null ? [] : [`${place.prefix}AWSLogs/`, `${place.gatewayPrefix}AWSLogs/`],
    keyArn,
    warehouse: warehouseOf(deployment),
    resultsArn:
      config.athena.results === "bucket"
        ? bucketArn(resultsBucketName(deployment), home.region)
        : null,
    database: config.athena.database,
    workgroup: config.athena.workgroup,
    lakeFormation: config.athena.lakeFormation,
    logGroup: config.cloudwatch.logGroup,
    topicArn: config.alerts.topic,
    stacks: STACKS.map((part) => nameOf(deployment, part)),
    quickSight: quickSightScope(deployment),
  };
}

function quickSightScope(deployment: Deployment): QuickSightScope | null {
  const { config, home, name } = deployment;
  if (!hasDashboards(config) || config.logs.bucket === null) return null;
  const { principals, authors } = config.dashboards;
  return {
    sourceId: `turnaway-${name}`,
    roleArn: `arn:${partitionOf(home.region)}:iam::${home.account}:role/${roleName(deployment, "quicksight")}`,
    principals: [...new Set([...principals, ...authors])],
  };
}

/** Parts of the names of all stacks. */
const STACKS = ["logs", "alerts", "catalogue", "access", "flow-logs", "demo-network"] as const;

function warehouseOf({ config, home }: Deployment): AccessScope["warehouse"] {
  const { bucket } = config.logs;
  const location = config.athena.warehouse ?? (bucket === null ? null : `s3://${bucket}/turnaway/`);
  if (location === null) return null;
  const [, name, prefix] = /^s3:\/\/([^/]+)\/(.*)$/.exec(location)!;
  return { bucketArn: bucketArn(name!, home.region), prefix: prefix! };
}

function distinctPlaces(places: readonly Place[]): readonly Place[] {
  const byKey = new Map(
    places.map(({ account, region }) => [`${account}/${region}`, { account, region }]),
  );
  return [...byKey.values()];
}
