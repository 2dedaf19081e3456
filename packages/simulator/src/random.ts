/**
 * A small stream of random numbers that can be started anywhere.
 *
 * The simulator asks for hundreds of thousands of short streams, one for each
 * link and five minutes, so that any day can be made without the day before.
 * sfc32 (Chris Doty-Humphrey, PractRand) starts from three words in a few
 * nanoseconds and needs no allocation; that is why it stands here and not a library.
 */
export class Random {
  #a = 0;
  #b = 0;
  #c = 0;
  #counter = 1;

  /** Starts the stream that belongs to these words. The same words give the same stream. */
  restart(first: number, second: number, third: number): this {
    this.#a = first | 0;
    this.#b = second | 0;
    this.#c = third | 0;
    this.#counter = 1;
    for (let round = 0; round < 12; round += 1) this.word();
    return this;
  }

  /** A whole number from 0 to 2^32 - 1. */
  word(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A fraction, 0 included, 1 not. */
  fraction(): number {
    return this.word() / 4_294_967_296;
  }

  /** A whole number, both ends included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.fraction() * (high - low + 1));
  }

  /** One of the list, which must not be empty. */
  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.fraction() * list.length)] as T;
  }
}

/** A 32-bit hash of a few words: the same words, the same number, on every machine. */
export function hashOf(...words: readonly number[]): number {
  let hash = 0x9e3779b9;
  for (const word of words) {
    hash = Math.imul(hash ^ (word | 0), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
}

/** `count` hexadecimal digits, as AWS ids and file hashes have. */
export function hexOf(count: number, ...words: readonly number[]): string {
  let digits = "";
  for (let part = 0; digits.length < count; part += 1) {
    digits += hashOf(part, ...words)
      .toString(16)
      .padStart(8, "0");
  }
  return digits.slice(0, count);
}

/** The list in another order, decided by the seed alone. */
export function shuffled<T>(list: readonly T[], seed: number): T[] {
  const random = new Random().restart(seed, list.length, 0x5eed);
  const result = [...list];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = random.between(0, last);
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}
