import path from "node:path";

import { dayOf } from "@turnaway/core";
import { type MuteOutcome, runMute } from "@turnaway/issues";
import { type Configured, readConfig } from "@turnaway/runs";

import type { Entrance } from "../enter.ts";
import { githubAccess } from "../github-access.ts";
import { type Inputs, wrongInput } from "../inputs.ts";
import type { Job } from "../job.ts";
import type { Toolkit } from "../toolkit.ts";
import { untilAborted } from "../until-aborted.ts";

/** Does what the comment asks, or says why not; a person who is refused is no failed run. */
export async function answerComment(
  { options, githubToken }: Inputs,
  job: Job,
  { entrance, toolkit }: { entrance: Entrance; toolkit: Toolkit },
): Promise<number> {
  // The mutes are read from the repository: where they are damaged, the answer has to say so.
  const settings = readConfig(options);
  if (githubToken === undefined) {
    throw wrongInput(
      "github-token",
      "it is empty, so nobody can be answered",
      "leave it out for the job's own token",
    );
  }
  const asked = runMute({
    event: entrance.event,
    access: githubAccess(job, githubToken),
    name: settings.config.name,
    mutesPath: mutesPath(settings, entrance.env),
    today: dayOf(settings.now, settings.config.report.timezone),
  });
  const outcome = await untilAborted(asked, entrance.signal);
  const url = urlOf(outcome);
  toolkit.setOutput("outcome", outcome.kind);
  toolkit.setOutput("pull-request-url", url);
  const why = "why" in outcome ? `: ${outcome.why}` : "";
  entrance.print(`${outcome.kind}${why}${url === "" ? "" : ` ${url}`}`);
  return 0;
}

function urlOf(outcome: MuteOutcome): string {
  if (outcome.kind === "proposed") return outcome.pull.url;
  return outcome.kind === "prepared" ? outcome.compareUrl : "";
}

// From the top of the repository, as GitHub names files.
function mutesPath({ config, configDir }: Configured, env: NodeJS.ProcessEnv): string {
  const top = path.resolve(env["GITHUB_WORKSPACE"] || ".");
  return path
    .relative(top, path.resolve(configDir ?? top, config.mutes))
    .split(path.sep)
    .join("/");
}
