import { fileURLToPath } from "node:url";

import { Resvg } from "@resvg/resvg-js";

import { FONT_FAMILY } from "../sheet/sheet-svg.ts";
import { encodePng } from "./encode-png.ts";
import { indexColors } from "./index-colors.ts";

/**
 * The picture of an SVG that {@link renderSheetSvg} made, as PNG. The font comes with the
 * package and those of the machine are left alone, so that the picture is the same everywhere.
 */
export function renderPng(svg: string): Uint8Array {
  const image = new Resvg(svg, {
    font: {
      fontFiles: [...FONT_FILES],
      loadSystemFonts: false,
      defaultFontFamily: FONT_FAMILY,
      sansSerifFamily: FONT_FAMILY,
    },
  });
  const { pixels, width, height } = image.render();
  return encodePng(indexColors(pixels, width, height));
}

/** IBM Plex Sans, regular and semi-bold: digits are equally wide, and l, I and 1 differ. */
const FONT_FILES: readonly string[] = [
  "400Regular/IBMPlexSans_400Regular.ttf",
  "600SemiBold/IBMPlexSans_600SemiBold.ttf",
].map((file) => fileURLToPath(import.meta.resolve(`@expo-google-fonts/ibm-plex-sans/${file}`)));
