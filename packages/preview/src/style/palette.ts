/** Every colour of a drawing, by what it is for. */
export interface Palette {
  readonly page: string;
  readonly card: string;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly code: string;
  readonly link: string;
  readonly good: string;
  readonly bad: string;
  /** What meanings have: accepted, rejected, new, … */
  readonly accepted: string;
  readonly rejected: string;
  readonly new: string;
  readonly ongoing: string;
  readonly quiet: string;
  /** Eight that are told apart by people with any kind of colour vision, lightness included. */
  readonly series: readonly string[];
  /** From little to much. */
  readonly heat: readonly string[];
  /** What is written on the steps of {@link heat}. */
  readonly heatInk: readonly string[];
}

/** As the pages of the report have it. */
export const LIGHT: Palette = {
  page: "#f5f6f8",
  card: "#ffffff",
  ink: "#1a2430",
  soft: "#566270",
  line: "#dfe4ea",
  code: "#eef1f5",
  link: "#1d5a9e",
  good: "#1e6b3c",
  bad: "#a3211b",
  accepted: "#4c86bf",
  rejected: "#b3362e",
  new: "#c8451b",
  ongoing: "#e6ad6b",
  quiet: "#b6bfc9",
  series: ["#2f6fb0", "#d9822b", "#1f9e89", "#8a67b0", "#c9a227", "#c2568b", "#74b3dd", "#74763a"],
  heat: ["#eef3f8", "#d3e2f0", "#aecbe5", "#7fabd4", "#4f88bd", "#2a6299", "#143f6b"],
  heatInk: ["#1a2430", "#1a2430", "#1a2430", "#101820", "#101820", "#ffffff", "#ffffff"],
};

/** The same for dark screens. */
export const DARK: Palette = {
  page: "#11151a",
  card: "#191f27",
  ink: "#e3e8ee",
  soft: "#a0acb9",
  line: "#2d3641",
  code: "#242c36",
  link: "#8fc0f2",
  good: "#93d8ab",
  bad: "#ffb3aa",
  accepted: "#79aede",
  rejected: "#f0827a",
  new: "#ff8a5c",
  ongoing: "#b98345",
  quiet: "#5b6672",
  series: ["#6ba6e0", "#eba25c", "#4fc4ae", "#b297d6", "#dcc05a", "#e288b5", "#a3d0f0", "#a8aa6a"],
  heat: ["#1f2833", "#213a55", "#275077", "#34689b", "#4d86bd", "#7fadda", "#bcd8f2"],
  heatInk: ["#e3e8ee", "#e3e8ee", "#e3e8ee", "#ffffff", "#101820", "#101820", "#101820"],
};

/** The custom properties of a page, so that one drawing serves light and dark. */
export const CSS: Palette = mapped(LIGHT, (name) => `var(--${name})`);

/** A palette as declarations of custom properties. */
export function declarations(palette: Palette): string {
  const lines: string[] = [];
  mapped(palette, (name, color) => {
    lines.push(`--${name}: ${color};`);
    return color;
  });
  return lines.join(" ");
}

function mapped(palette: Palette, color: (name: string, color: string) => string): Palette {
  return Object.fromEntries(
    Object.entries(palette).map(([name, value]: [string, string | readonly string[]]) => [
      name,
      typeof value === "string"
        ? color(name, value)
        : value.map((one, i) => color(`${name}-${i}`, one)),
    ]),
  ) as unknown as Palette;
}
