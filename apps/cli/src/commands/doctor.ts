export const run = async (): Promise<void> => {}; export const list = run; export const show = run; export const build = run; export const status = run;
