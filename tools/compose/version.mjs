/** The version of the images under test. */
export const VERSION = process.env['VERSION'] ?? '0.1.0';
