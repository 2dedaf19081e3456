/** Where the native part of DuckDB lies; set before anything asks for it. */
export const nativePart: { file: string | null } = { file: null };
