import { DescribeKeyCommand, GetKeyPolicyCommand, KMSClient } from "@aws-sdk/client-kms";

import { missingKeyStatements } from "../../delivery-policy.ts";
import type { PreflightNote } from "../deploy-plan.ts";
import type { Check, Examined } from "./check.ts";
import { error, ok } from "./note.ts";

/** Whether an existing key is in use, and lets flow logs be encrypted with it. */
export function checkKey(arn: string, { deployment, aws, signal }: Examined): Check {
  const [, , , region = "", account = ""] = arn.split(":");
  const place = { account, region };
  return {
    about: `the key ${arn}`,
    place,
    service: "KMS",
    permission: "kms:DescribeKey and kms:GetKeyPolicy",
    async look(): Promise<PreflightNote[]> {
      const kms = await aws.client(KMSClient, place);
      try {
        const sent = { abortSignal: signal };
        const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: arn }), sent);
        if (KeyMetadata?.KeyState !== "Enabled") {
          return [
            error(
              `the key ${arn} is ${KeyMetadata?.KeyState ?? "unknown"}: nothing can be encrypted with it`,
              "enable it, or name another one as logs.kmsKey",
            ),
          ];
        }
        const asked = new GetKeyPolicyCommand({ KeyId: arn, PolicyName: "default" });
        const { Policy } = await kms.send(asked, sent);
        const missing = missingKeyStatements(Policy ?? null, deployment);
        if (missing.length === 0) return [ok(`the policy of ${arn} lets flow logs be encrypted`)];
        return [
          error(
            `the policy of ${arn} does not let flow logs be encrypted: no file would arrive`,
            "merge the statement that `turnaway deploy plan` ends with into the policy of the key",
          ),
        ];
      } catch (thrown) {
        if ((thrown as Error).name !== "NotFoundException") throw thrown;
        return [error(`the key ${arn} does not exist`, "correct logs.kmsKey")];
      }
    },
  };
}
