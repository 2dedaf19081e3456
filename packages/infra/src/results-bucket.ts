import { createHash } from "node:crypto";

import type { Deployment } from "./deployment.ts";

/**
 * Name of the bucket that Athena writes answers to, where `athena.results` is `bucket`.
 *
 * The roles that read answers are made before it, so they have to know it by name. A hash
 * stands for the name of the deployment, which may be longer than S3 lets a bucket's be.
 */
export function resultsBucketName({ name, home }: Pick<Deployment, "name" | "home">): string {
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `turnaway-results-${home.account}-${home.region}-${hash}`;
}
