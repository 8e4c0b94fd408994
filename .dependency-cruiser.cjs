// The ladder of the house (docs/architecture.md): imports go down, siblings on a rung do not know each other.
const rungs = [
  ['libs/accel', 'libs/epcis', 'libs/serving'],
  ['libs/ledger'],
  ['libs/provenance', 'libs/consensus'],
  ['libs/light-client'],
  ['apps/verifier'],
  ['apps/node', 'apps/api', 'apps/scan-web', 'apps/admin-web'],
  ['apps/cli'],
];
const allowed = {
  'libs/accel': [],
  'libs/epcis': [],
  'libs/serving': [],
  'libs/ledger': ['libs/accel/src/contract', 'libs/accel/dist/contract'],
  'libs/provenance': ['libs/ledger', 'libs/epcis'],
  'libs/consensus': ['libs/ledger'],
  'libs/light-client': [
    'libs/ledger',
    'libs/consensus/src/certificates',
    'libs/consensus/dist/certificates',
    'libs/epcis',
    'libs/accel',
  ],
  'apps/verifier': ['libs/light-client'],
  'apps/node': ['libs/accel', 'libs/ledger', 'libs/consensus', 'libs/provenance', 'libs/epcis'],
  'apps/api': ['libs/ledger', 'libs/provenance', 'libs/light-client', 'libs/epcis'],
  'apps/admin-web': ['apps/verifier', 'libs/light-client', 'libs/epcis', 'libs/provenance', 'libs/serving'],
  'apps/scan-web': ['libs/light-client', 'libs/epcis', 'libs/provenance', 'libs/serving'],
  'apps/cli': [
    'apps/api/src/platform/sealed-keys',
    'apps/api/dist/platform/sealed-keys',
    'apps/node/src/signer/first-sign-state.ts',
    'apps/node/dist/signer/first-sign-state.js',
    'apps/node/src/network/node-certificate.ts',
    'apps/node/dist/network/node-certificate.js',
    'apps/node/src/snapshots',
    'apps/node/dist/snapshots',
    'libs/accel',
    'libs/ledger',
    'libs/light-client',
    'libs/epcis',
  ],
};
const spec = '\\.spec\\.tsx?$';
const rules = rungs.flat().map((room) => ({
  name: `ladder-${room.replace('/', '-')}`,
  comment: `${room} may import only: ${allowed[room].join(', ') || 'nothing of the house'}. If two rooms need to talk, they do it through a ledger event or the EPCIS vocabulary.`,
  severity: 'error',
  from: { path: `^${room}/`, pathNot: spec },
  to: { path: '^(libs|apps)/', pathNot: [`^${room}/`, ...allowed[room].map((p) => `^${p}(/|$)`)] },
}));
module.exports = {
  forbidden: [
    ...rules,
    {
      name: 'libs-do-no-io',
      comment: 'Nothing under libs/ opens a socket, a file, a clock or a database: move the doing to an app.',
      severity: 'error',
      from: { path: '^libs/', pathNot: ['^libs/accel/(src/node|examples)/', spec] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'native-only-in-accel-node',
      comment: 'Native packages live behind @waymark/accel/node.',
      severity: 'error',
      from: { path: '^libs/', pathNot: '^libs/accel/src/node/' },
      to: { path: 'sodium-native' },
    },
    {
      name: 'lbft-sees-primitives-only',
      comment: 'For the core a block is an id: import @waymark/ledger/primitives.',
      severity: 'error',
      from: { path: '^libs/consensus/src/lbft/', pathNot: spec },
      to: { path: '^libs/ledger/(src|dist)/', pathNot: '^libs/ledger/(src|dist)/primitives/' },
    },
    {
      name: 'pages-run-under-csp',
      comment: 'ajv and protobuf reflection use new Function: a strict content security policy refuses them.',
      severity: 'error',
      from: {
        path: [
          '^apps/scan-web/src/page/',
          '^apps/verifier/',
          '^apps/admin-web/src/(app|features|shared|client)/',
          '^libs/light-client/',
          '^libs/epcis/src/(hash|gs1)/',
        ],
      },
      to: { path: 'node_modules/ajv' },
    },
    {
      name: 'verifying-needs-nothing-native',
      comment: 'Evidence is verified where nothing but Node is: no database, no native package.',
      severity: 'error',
      from: { path: '^apps/cli/src/verify/', pathNot: spec },
      to: {
        path: ['sodium-native', '@node-rs/', 'classic-level', 'node_modules/pg/', '^apps/(api|node)/'],
        reachable: true,
      },
    },
    {
      name: 'console-features-stand-alone',
      comment:
        'Features of the console use shared/ and the generated client; they meet through addresses, never through imports.',
      severity: 'error',
      from: { path: '^apps/admin-web/src/features/([^/]+)/' },
      to: { path: '^apps/admin-web/src/(app|server|features)/', pathNot: '^apps/admin-web/src/features/$1/' },
    },
    {
      name: 'console-shared-is-below',
      comment: 'What every feature uses knows no feature and nothing of the shell.',
      severity: 'error',
      from: { path: '^apps/admin-web/src/(shared|client)/' },
      to: { path: '^apps/admin-web/src/(app|server|features)/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^(libs|apps)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'views-do-not-command',
      comment: 'The read door never touches chain/; the write door never touches a view (house.md 5).',
      severity: 'error',
      from: { path: '\\.query\\.ts$' },
      to: { path: '^apps/api/src/chain/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules/\\.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.spec.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['waymark-source', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
    },
  },
};
