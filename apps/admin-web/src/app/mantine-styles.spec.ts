import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const source = path.resolve(import.meta.dirname, '..');
const mantine = path.dirname(createRequire(import.meta.url).resolve('@mantine/core/styles.css'));
const components = path.join(mantine, 'esm', 'components');
const IMPORT = /import (?:type )?\{([^}]*)\} from '@mantine\/core'/g;

/** Every name that the console takes from Mantine. */
function namesUsed(): Set<string> {
  const names = new Set<string>();
  for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue;
    const text = readFileSync(path.join(entry.parentPath, entry.name), 'utf8');
    for (const [, list = ''] of text.matchAll(IMPORT))
      for (const name of list.split(',')) names.add(name.trim().split(/\s+as\s+/)[0] ?? '');
  }
  return names;
}

/** The style sheets of a component and of all that it is made of. */
function stylesOf(component: string): Set<string> {
  const [styles, seen] = [new Set<string>(), new Set<string>()];
  const visit = (file: string): void => {
    if (seen.has(file) || !existsSync(file)) return;
    seen.add(file);
    const sheet = path.basename(file, '.module.mjs');
    if (file.endsWith('.module.mjs')) {
      if (existsSync(path.join(mantine, 'styles', `${sheet}.css`))) styles.add(sheet);
      return;
    }
    for (const [, target = ''] of readFileSync(file, 'utf8').matchAll(/from "(\.[^"]+)"/g))
      visit(path.resolve(path.dirname(file), target));
  };
  visit(path.join(components, component, `${component}.mjs`));
  return styles;
}

describe('the styles of Mantine', () => {
  const listed = [
    ...readFileSync(path.join(import.meta.dirname, 'mantine-styles.ts'), 'utf8').matchAll(/styles\/([\w-]+)\.css/g),
  ].map(([, name]) => name ?? '');

  it('are there for every component that the console uses, and for no other', () => {
    // Notifications are a package of their own that draws with `Notification`.
    const needed = new Set([...namesUsed(), 'Notification'].flatMap((name) => [...stylesOf(name)]));
    expect(needed.size).toBeGreaterThan(30);
    expect([...needed].sort()).toEqual(listed.slice(3).sort());
  });

  it('stand in Mantine’s own order', () => {
    const whole = readFileSync(path.join(mantine, 'styles.css'), 'utf8');
    const places = listed.map((name) =>
      whole.indexOf(readFileSync(path.join(mantine, 'styles', `${name}.css`), 'utf8').slice(0, 80)),
    );
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });
});
