// One configuration, five kinds of test (docs/testing.md): choose one with --selectProjects.
const transform = {
  '^.+\\.tsx?$': [
    '@swc/jest',
    {
      jsc: {
        parser: { syntax: 'typescript', tsx: false, decorators: true },
        transform: {
          legacyDecorator: true,
          decoratorMetadata: true,
          useDefineForClassFields: false,
          react: { runtime: 'automatic', importSource: 'preact' },
        },
        target: 'es2022',
      },
      module: { type: 'es6' },
    },
  ],
};
transform['^.+\\.tsx$'] = [
  '@swc/jest',
  {
    ...transform['^.+\\.tsx?$'][1],
    jsc: { ...transform['^.+\\.tsx?$'][1].jsc, parser: { syntax: 'typescript', tsx: true, decorators: true } },
  },
];
// The console is React, the scan page Preact.
const consoleTransform = [
  '@swc/jest',
  {
    ...transform['^.+\\.tsx$'][1],
    jsc: {
      ...transform['^.+\\.tsx$'][1].jsc,
      transform: { react: { runtime: 'automatic', importSource: 'react' } },
    },
  },
];
const project = (displayName, testMatch, testPathIgnorePatterns = []) => ({
  displayName,
  testMatch,
  testPathIgnorePatterns: ['/node_modules/', '/dist/', ...testPathIgnorePatterns],
  testEnvironment: 'node',
  // jest adds 'import' or 'require' itself, by how a file is loaded.
  testEnvironmentOptions: { customExportConditions: ['waymark-source', 'node', 'default'] },
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  setupFilesAfterEnv: ['<rootDir>/test/support/patience.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    'admin-web/.+\\.tsx$': consoleTransform,
    '^.+\\.tsx$': transform['^.+\\.tsx$'],
    '^.+\\.ts$': transform['^.+\\.tsx?$'],
  },
});
export default {
  projects: [
    project('unit', ['<rootDir>/{libs,apps,tools}/**/*.spec.{ts,tsx}'], ['\\.int\\.spec\\.']),
    project('vectors', ['<rootDir>/test/vectors/**/*.spec.ts']),
    project('conformance', ['<rootDir>/test/conformance/**/*.spec.ts']),
    project('simulation', ['<rootDir>/test/simulation/**/*.spec.ts']),
    project('integration', ['<rootDir>/apps/**/*.int.spec.ts']),
    project('e2e', ['<rootDir>/test/e2e/**/*.spec.ts']),
    project('perf', ['<rootDir>/test/perf/**/*.bench.ts']),
  ],
};
