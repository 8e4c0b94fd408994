// The taste of the house, held by a tool. Import boundaries are in .dependency-cruiser.cjs.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const pure = [
  'libs/consensus/src/lbft/**/*.ts',
  'libs/ledger/src/runtime/**/*.ts',
  'libs/ledger/src/state/**/*.ts',
  'libs/*/src/domain/**/*.ts',
  'libs/*/src/module/**/*.ts',
  'libs/*/src/views/**/*.ts',
];

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '**/generated/**',
      'apps/admin-web/src/client/**',
      '.waymark/**',
      '.artifacts/**',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [
          './tsconfig.spec.json',
          './apps/admin-web/tsconfig.spec.json',
          './libs/*/tsconfig.json',
          './apps/*/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/require-await': 'off',
      'no-console': 'error',
    },
  },
  { files: ['apps/api/**/*.ts'], rules: { '@typescript-eslint/consistent-type-imports': 'off' } },
  {
    files: ['**/*.spec.ts', '**/*.spec.tsx', 'test/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off', '@typescript-eslint/unbound-method': 'off' },
  },
  {
    files: ['**/*.{mjs,cjs,js}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        module: 'writable',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        performance: 'readonly',
        fetch: 'readonly',
      },
    },
  },
  {
    files: ['**/src/**/*.{ts,tsx}'],
    ignores: ['**/*.spec.{ts,tsx}'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'CallExpression[callee.name=/^decodeURI(Component)?$/]',
          message: 'Throws at %FF: use readablePart or lastPart of @waymark/epcis/gs1.',
        },
      ],
    },
  },
  {
    files: ['libs/**/*.ts'],
    ignores: ['libs/accel/src/node/**', '**/*.spec.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'process', message: 'libs decide, apps do: pass configuration in.' },
        { name: 'Buffer', message: 'Use Uint8Array; primitives/ has hex and utf-8.' },
        { name: 'setTimeout', message: 'Time is in the input.' },
        { name: 'setInterval', message: 'Time is in the input.' },
        { name: 'fetch', message: 'libs open no socket.' },
      ],
    },
  },
  {
    files: pure,
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'Date', message: 'Time is data: block time or an input carries it.' },
        { name: 'process', message: 'libs decide, apps do.' },
        { name: 'Buffer', message: 'Use Uint8Array.' },
        { name: 'setTimeout', message: 'Return an effect that asks for a timer.' },
        { name: 'setInterval', message: 'Return an effect that asks for a timer.' },
        { name: 'crypto', message: 'Take a Hashing from the caller.' },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Nodes must agree: no randomness.' },
        { property: 'localeCompare', message: 'Nodes must agree: compare code units.' },
        { property: 'toLocaleString', message: 'Nodes must agree: no locale.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: ':function[async=true]', message: 'Pure rooms are synchronous: answers come in as arguments.' },
        { selector: 'AwaitExpression', message: 'Pure rooms are synchronous.' },
      ],
    },
  },
);
