/**
 * The same function with its recent answers at hand. Findings share their sentences, and one
 * finding names the same ends again and again; of 100,000 that nobody asks for again none is kept.
 */
export function remember<T>(work: (text: string) => T): (text: string) => T {
  const recent = new Map<string, T>();
  return (text) => {
    if (recent.has(text)) return recent.get(text)!;
    if (recent.size >= MOST) recent.clear();
    const answer = work(text);
    recent.set(text, answer);
    return answer;
  };
}

const MOST = 4096;
