import type { Messages } from '../../shared/feature.js';

/** A file's folder is the namespace of its messages; the shell's own lie in `app/`. */
export function byNamespace(...sets: readonly Readonly<Record<string, Messages>>[]): Record<string, Messages> {
  return Object.fromEntries(
    sets
      .flatMap((files) => Object.entries(files))
      .map(([file, messages]) => {
        const folder = file.split('/').at(-2) ?? '';
        // Beside this folder Vite writes the shell's file as `../messages...`.
        return [folder === 'app' || folder === '..' ? 'shell' : folder, messages];
      }),
  );
}
