/** The two files that the build makes (build.mjs), by what a reader does with them. */
export const VERIFIER_FILES = { page: 'waymark-verify.html', command: 'waymark-verify.mjs' } as const;
