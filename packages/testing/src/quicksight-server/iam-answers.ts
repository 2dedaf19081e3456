import { type FrontAnswer, xmlAnswer } from "../athena-front/front-answer.ts";
import type { Input } from "./request.ts";
import type { QuickSightStore } from "./store.ts";

const NAMESPACE = "https://iam.amazonaws.com/doc/2010-05-08/";

/** Whether there is a role: what somebody asks before QuickSight is told to use it. */
export function answerGetRole(
  { RoleName }: Input,
  { roles, account }: QuickSightStore,
): FrontAnswer {
  const name = RoleName as string;
  if (roles !== null && !roles.includes(name)) {
    return xmlAnswer(
      `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>The role with name ${name} cannot be found.</Message></Error></ErrorResponse>`,
      404,
    );
  }
  return xmlAnswer(
    `<GetRoleResponse xmlns="${NAMESPACE}"><GetRoleResult><Role><Path>/</Path><RoleName>${name}</RoleName><RoleId>AROAEXAMPLE</RoleId><Arn>arn:aws:iam::${account}:role/${name}</Arn><CreateDate>2026-11-20T08:00:00Z</CreateDate></Role></GetRoleResult></GetRoleResponse>`,
  );
}
