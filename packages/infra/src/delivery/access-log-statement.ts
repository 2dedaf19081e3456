import type { Place } from "../deployment.ts";
import type { PolicyStatement } from "./delivery-statements.ts";

/**
 * What a bucket has to allow so that S3 writes the access logs of another one into it. Source:
 * Amazon S3 User Guide, "Permissions for log delivery".
 */
export function accessLogStatement(
  targetArn: string,
  sourceArn: string,
  { account }: Place,
): PolicyStatement {
  return {
    Sid: "S3ServerAccessLogs",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: ["s3:PutObject"],
    Resource: [`${targetArn}/*`],
    Condition: {
      StringEquals: { "aws:SourceAccount": [account] },
      ArnLike: { "aws:SourceArn": [sourceArn] },
    },
  };
}
