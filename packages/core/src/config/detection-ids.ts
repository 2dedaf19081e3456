/**
 * Every detection by its id: the name of its SQL file, its documentation page and
 * its key in `turnaway.yml`.
 */
export const DETECTION_IDS = [
  "newly-rejected",
  "newly-accepted",
  "internal-denied",
  "egress-denied",
  "reply-rejected",
  "port-scan",
  "host-sweep",
  "reject-spike",
  "admin-port-open",
  "block-public-access",
  "encryption-control",
  "large-transfer",
  "unusual-protocol",
  "late-packet",
  "coverage-gap",
] as const;

export type DetectionId = (typeof DETECTION_IDS)[number];
