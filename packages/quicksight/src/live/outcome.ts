/** What became of something that the service makes in the background. */
export type Outcome = "ok" | "failed" | "in progress" | "deleted";

/** Of the `ResourceStatus` of the API. */
export function outcomeOf(status: string | undefined): Outcome {
  if (status === undefined || status.endsWith("_SUCCESSFUL")) return "ok";
  if (status.endsWith("_IN_PROGRESS")) return "in progress";
  return status === "DELETED" ? "deleted" : "failed";
}
