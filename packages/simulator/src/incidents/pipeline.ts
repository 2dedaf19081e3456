import { SERVICES } from "../services.ts";
import { rateOf, usualUntil, type Planner } from "./scene.ts";

/** For three hours nothing reaches the bucket: a gap, not silence. */
export const coverageGap: Planner = (scene) => {
  const moment = scene.moment(0);
  if (moment === undefined) return [];
  const from = moment.midnight + 18 * 3600;
  const until = from + 3 * 3600;
  const label = scene.label({
    detection: "coverage-gap",
    span: { from, until },
    note: "No record begins between 18:00 and 21:00 UTC.",
  });
  // Conversations that began shortly before would leak a window into the first hour.
  return [{ label, adds: [], gap: { from: from - 900, until } }];
};

/** AWS loses records of three interfaces and says so. */
export const skipData: Planner = (scene) => {
  const hosts = [scene.host("web"), scene.host("batch"), scene.host("redis")];
  const moment = scene.moment(0, [15, 16]);
  if (moment === undefined) return [];
  const span = { from: moment.at, until: moment.at + 2_400 };
  const label = scene.label({
    detection: "coverage-gap",
    span,
    note: "Three interfaces write SKIPDATA for forty minutes.",
  });
  return [{ label, adds: [], skips: { hosts, span } }];
};

/** Many packets that come after their connection closed: refused, and nothing is wrong. */
export const latePackets: Planner = (scene) => {
  const usual = scene.link(SERVICES.stock);
  const moment = scene.moment(0);
  if (moment === undefined) return [];
  const span = { from: moment.at, until: moment.at + 3_600 };
  const { client, server, service } = usual;
  const burst = scene.add({
    client,
    server,
    service: { ...service, forward: [4, 60], reply: [3, 60], seconds: 1 },
    perDay: rateOf(120, 3_600),
    late: 1,
    ...span,
  });
  const label = scene.label({
    detection: "late-packet",
    expected: "counted-apart",
    span,
    ends: usual,
    note: "What the server sends after the close is refused at the client's interface: no SYN, no finding.",
  });
  return [{ label, replaces: [usual.id], adds: [usualUntil(usual, Infinity), burst] }];
};
