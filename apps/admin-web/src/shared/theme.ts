import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

// One accent, the green of the mark; everything else is quiet.
const accent: MantineColorsTuple = [
  '#e9f6f2',
  '#d5ebe4',
  '#abd7ca',
  '#7dc2ae',
  '#57af96',
  '#3fa386',
  '#1f7a63',
  '#17695a',
  '#12564a',
  '#0b423a',
];

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  colors: { accent },
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono CJK SC", monospace',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  headings: { fontWeight: '600' },
});

/** Meanings of colour, the same in every feature; each is always shown with an icon and a word. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#586069',
    '--wm-surface': '#ffffff',
    '--wm-ground': '#f6f7f6',
    '--wm-line': '#dfe3e1',
    '--wm-final': '#14693f',
    '--wm-final-ground': '#e5f4ea',
    '--wm-provisional': '#8a4b00',
    '--wm-provisional-ground': '#fdf1dc',
    '--wm-refused': '#b3261e',
    '--wm-refused-ground': '#fdeceb',
    '--wm-regulator': '#6437b5',
    '--wm-regulator-ground': '#f0eafb',
    '--wm-unknown': '#4f5761',
    '--wm-unknown-ground': '#eceef0',
  },
  dark: {
    '--mantine-color-dimmed': '#a3abb3',
    '--wm-surface': '#1d2022',
    '--wm-ground': '#151718',
    '--wm-line': '#34393c',
    '--wm-final': '#7fd3a2',
    '--wm-final-ground': '#173325',
    '--wm-provisional': '#f0bd6c',
    '--wm-provisional-ground': '#3a2b12',
    '--wm-refused': '#ff9f98',
    '--wm-refused-ground': '#421d1a',
    '--wm-regulator': '#c6a8f7',
    '--wm-regulator-ground': '#2f2247',
    '--wm-unknown': '#b4bcc4',
    '--wm-unknown-ground': '#2b3034',
  },
});

/** The five meanings. */
export type Tone = 'final' | 'provisional' | 'refused' | 'regulator' | 'unknown';
