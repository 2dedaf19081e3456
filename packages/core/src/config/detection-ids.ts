/**
 * Every detection: its id is the name of its SQL file, of its documentation page
 * and of its key in `turnaway.yml`; the text is what an editor says about that key.
 */
const DETECTIONS = {
  "newly-rejected": "Accepted on earlier days, rejected today",
  "newly-accepted": "Rejected for days, accepted today",
  "internal-denied": "A private client is refused by a private server again and again",
  "egress-denied": "Traffic from inside to the internet is refused",
  "reply-rejected": "The way there is accepted, the reply is refused: a stateless network ACL",
  "port-scan": "One client over many ports",
  "host-sweep": "One client over many hosts",
  "reject-spike": "Rejects far above the server's own history",
  "admin-port-open": "Accepted from the internet on SSH, RDP, databases and the like",
  "block-public-access": "Refused by VPC block public access",
  "encryption-control": "Refused by VPC encryption controls",
  "large-transfer": "More bytes than this pair ever moved",
  "unusual-protocol": "A protocol that this pair never used",
  "late-packet": "Packets after a connection closed: counted apart, no finding",
  "coverage-gap": "Records, hours or files are missing",
} as const;

export type DetectionId = keyof typeof DETECTIONS;

export const DETECTION_IDS = Object.keys(DETECTIONS) as readonly DetectionId[];

/** What a detection finds, in one line. */
export function describeDetection(id: DetectionId): string {
  return DETECTIONS[id];
}
