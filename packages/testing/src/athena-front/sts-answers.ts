import { type FrontAnswer, xmlAnswer } from "./front-answer.ts";
import type { FrontRequest } from "./front-request.ts";

/** The two calls of STS that come before a query: who am I, and may I have this role. */
export function answerSts(
  { operation }: Pick<FrontRequest, "operation">,
  account: string,
): FrontAnswer {
  if (operation === "GetCallerIdentity") {
    return xmlAnswer(
      `<GetCallerIdentityResponse xmlns="${NAMESPACE}"><GetCallerIdentityResult><Account>${account}</Account><Arn>arn:aws:sts::${account}:assumed-role/reader/session</Arn><UserId>AROA:session</UserId></GetCallerIdentityResult></GetCallerIdentityResponse>`,
    );
  }
  if (operation === "AssumeRoleWithWebIdentity") {
    return stsError("AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity");
  }
  return stsError("InvalidAction", `Could not find operation ${operation}`);
}

const NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

function stsError(code: string, message: string): FrontAnswer {
  return xmlAnswer(
    `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
    403,
  );
}
