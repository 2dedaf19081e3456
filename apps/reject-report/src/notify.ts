import type { Report } from "@turnaway/core";
import { type Delivery, newsOf } from "@turnaway/issues";
import type { Ports } from "@turnaway/runs";

import type { Task } from "./prepare.ts";

/**
 * Tells the topic of the configuration what the issue says that is new: once for a change, since
 * the next run finds the issue up to date. A topic that can't be reached is a warning.
 */
export async function notify(
  report: Report,
  { issue, plan }: Delivery,
  { task, ports }: { task: Task; ports: Ports },
): Promise<void> {
  const { topic } = task.settings.config.alerts;
  const changes = newsOf(plan);
  if (topic === null || changes === undefined || task.dryRun !== null) return;
  const { notifyTopic } = await import("@turnaway/notify");
  const told = await notifyTopic({
    topic,
    report,
    changes,
    url: issue?.url ?? null,
    defang: task.issue.defang ?? false,
    env: ports.env,
    signal: ports.signal,
  });
  ports.say(told.kind === "sent" ? `told ${topic}` : `warning: ${told.warning}`);
}
