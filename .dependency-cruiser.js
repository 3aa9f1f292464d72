/** The arrows of docs/architecture.md: shared ← db ← server, shared ← web; and which feature may know which. */
const features = [
  'sign-in',
  'organizations',
  'groups',
  'guide',
  'episodes',
  'threads',
  'sessions',
  'live',
  'commitments',
  'feedback',
  'dashboard',
  'calendar',
  'my-data',
  'records',
  'endings',
  'public-pages',
  'sample',
]
const knows = {
  'sign-in': [],
  guide: ['sign-in'],
  organizations: ['sign-in'],
  groups: ['sign-in', 'organizations', 'guide'],
  episodes: ['sign-in', 'groups'],
  threads: ['sign-in', 'groups', 'episodes'],
  commitments: ['sign-in', 'groups', 'sessions'],
  sessions: ['sign-in', 'groups', 'guide', 'episodes', 'threads', 'commitments'],
  live: ['sign-in', 'groups', 'guide', 'sessions', 'commitments'],
  feedback: ['sign-in', 'groups', 'guide', 'sessions', 'commitments'],
  dashboard: ['sign-in', 'groups', 'guide', 'sessions', 'commitments'],
  calendar: ['sign-in', 'groups', 'sessions'],
  'my-data': ['sign-in', 'groups'],
  records: ['sign-in', 'groups'],
  endings: ['sign-in', 'groups', 'sessions'],
  'public-pages': ['sign-in', 'groups', 'guide', 'sessions', 'calendar'],
  sample: features,
}

const leaning = features.map((feature) => ({
  name: `${feature}-knows-only`,
  comment: 'Features lean one way (docs/architecture.md).',
  severity: 'error',
  from: { path: `^server/src/${feature}/` },
  to: {
    path: `^server/src/(${features.join('|')})/`,
    pathNot: `^server/src/(${[feature, ...knows[feature]].join('|')})/`,
  },
}))

export default {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'shared-imports-only-typebox',
      severity: 'error',
      from: { path: '^shared/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^shared/|node_modules/(typebox|approx-string-match)' },
    },
    {
      name: 'db-knows-only-shared',
      severity: 'error',
      from: { path: '^db/' },
      to: { path: '^(server|web|tests)/' },
    },
    {
      name: 'server-knows-no-web',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^(web|tests)/' },
    },
    {
      name: 'web-knows-only-shared',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(server|db|tests)/' },
    },
    ...leaning,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'web/(build|\\.svelte-kit)|\\$types' },
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'svelte', 'node', 'default'],
    },
  },
}
