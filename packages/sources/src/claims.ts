/**
 * Which contents have been read already, shared by all workers: the first to claim a
 * content writes its lines, whichever file it came from.
 *
 * The key is CRC-32 and length. Two contents of one key are as good as impossible by
 * accident; whoever is refused is compared by a real hash before it counts as a duplicate.
 */
export interface Claims {
  /** For handing to a worker. */
  readonly memory: SharedArrayBuffer;
  /** True for the first to claim the content. */
  claim(content: ContentKey): boolean;
}

/** Cheap identity of plain bytes. */
export interface ContentKey {
  readonly crc: number;
  readonly length: number;
}

/** Room for the claims of so many files. */
export function makeClaims(files: number): Claims {
  const slots = 2 ** Math.ceil(Math.log2(Math.max(files, 8) * 2));
  return openClaims(new SharedArrayBuffer(slots * BigUint64Array.BYTES_PER_ELEMENT));
}

/** The same claims, seen from another thread. */
export function openClaims(memory: SharedArrayBuffer): Claims {
  const slots = new BigUint64Array(memory);
  return { memory, claim: (content) => claimSlot(slots, content) };
}

/** The key as text, for maps. */
export function contentKeyText({ crc, length }: ContentKey): string {
  return `${crc.toString(16)}-${length}`;
}

function claimSlot(slots: BigUint64Array, { crc, length }: ContentKey): boolean {
  // Empty contents are never claimed, so that 0 can mean a free slot.
  const key = (BigInt(length) << 32n) | BigInt(crc >>> 0);
  for (let i = (crc >>> 0) % slots.length; ; i = (i + 1) % slots.length) {
    const found = Atomics.compareExchange(slots, i, 0n, key);
    if (found === 0n) return true;
    if (found === key) return false;
  }
}
