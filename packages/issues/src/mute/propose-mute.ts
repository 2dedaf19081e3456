import { muteInFile, TurnawayError, type KeyMute } from "@turnaway/core";

import type { GithubClient } from "../github/github-client.ts";
import { readFile, readHome, type PullSeen } from "../github/repository-answers.ts";
import { headOf, orMissing } from "../pull/commit-files.ts";
import { findPulls, proposeFiles } from "../pull/propose-files.ts";
import { commitText, pullText } from "./mute-texts.ts";

export interface Proposal {
  readonly mute: KeyMute;
  /** Path of `mutes.yml` in the repository. */
  readonly path: string;
  readonly issue: number;
  readonly comment: number;
}

/** What became of a proposal. */
export type Proposed =
  | { readonly kind: "proposed"; readonly pull: PullSeen }
  /** The branch is there, but this repository lets no workflow open pull requests. */
  | { readonly kind: "prepared"; readonly compareUrl: string }
  /** Muted as long already. */
  | { readonly kind: "unchanged"; readonly until: string }
  /** The file can't take it. */
  | { readonly kind: "unwritable"; readonly why: string };

/**
 * A pull request from a branch of the comment's own. One that was made is never made again,
 * whatever became of it.
 */
export async function proposeMute(client: GithubClient, proposal: Proposal): Promise<Proposed> {
  const { mute, path, issue } = proposal;
  const branch = `turnaway/mute-${proposal.comment}`;
  const [made] = await findPulls(client, branch);
  if (made !== undefined) return { kind: "proposed", pull: made };
  const { defaultBranch } = readHome(await client.repeat("GET /repos/{owner}/{repo}"));
  const base = (await headOf(client, defaultBranch)) ?? defaultBranch;
  const written = muteInText(await readMutes(client, path, base), proposal);
  if ("kind" in written) return written;
  const files = { [path]: written.text };
  const message = commitText(mute, issue);
  const text = pullText(mute, issue);
  const kept = await proposeFiles(client, { branch, base, files, message, ...text });
  if (kept.kind === "not-wanted") return { kind: "unchanged", until: written.until };
  if (kept.kind === "prepared" || kept.kind === "held")
    return { kind: "prepared", compareUrl: kept.compareUrl };
  return { kind: "proposed", pull: kept.pull };
}

function muteInText(
  text: string,
  { mute, path }: Proposal,
): { readonly text: string; readonly until: string } | Proposed {
  try {
    const { change, until, ...written } = muteInFile(text, path, mute);
    return change === "none" ? { kind: "unchanged", until } : { text: written.text, until };
  } catch (error) {
    if (!(error instanceof TurnawayError && error.code === "CONFIG")) throw error;
    return { kind: "unwritable", why: error.message };
  }
}

async function readMutes(client: GithubClient, path: string, ref: string): Promise<string> {
  const route = "GET /repos/{owner}/{repo}/contents/{path}";
  const answer = await orMissing(client.repeat(route, { path, ref }));
  return answer === undefined ? "" : readFile(answer).text;
}
