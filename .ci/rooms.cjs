/** Which room of src/ may import which: the same table as in CONTRIBUTING.md. Nothing imports downwards. */
const rooms = {
  abi: [],
  state: [],
  vfs: ['abi', 'state'],
  kernel: ['abi', 'state', 'vfs'],
  ext2fs: [],
  fs: ['abi', 'state', 'vfs', 'kernel', 'ext2fs'],
  userland: ['abi', 'ext2fs'],
  shell: ['abi', 'userland/lib'],
  machine: ['abi', 'state', 'vfs', 'kernel', 'fs', 'userland', 'shell'],
  labs: ['machine'],
  ui: ['machine', 'labs'],
  embed: ['machine', 'ui'],
}

/** What a room may use of node_modules; unlisted rooms: nothing. */
const packages = {
  machine: ['immer'],
  labs: ['immer', 'marked'],
  ui: ['svelte', '@xterm', 'immer', 'idb-keyval'],
  embed: ['svelte'],
}

const forbidden = [
  ...Object.entries(rooms).map(([room, may]) => ({
    name: `${room}-imports`,
    comment: may.length
      ? `${room} may import ${may.join(', ')} and itself`
      : `${room} imports nothing but itself`,
    severity: 'error',
    from: { path: `^src/${room}/` },
    to: { path: '^src/', pathNot: `^src/(${[room, ...may].join('|')})/` },
  })),
  ...Object.keys(rooms).map(room => ({
    name: `${room}-packages`,
    comment: 'a package has one home (see .ci/rooms.cjs)',
    severity: 'error',
    from: { path: `^src/${room}/` },
    to: {
      path: '(^|/)node_modules/',
      ...(packages[room] && { pathNot: `(^|/)node_modules/(${packages[room].join('|')})(/|$)` }),
    },
  })),
  {
    name: 'xterm-home',
    comment: 'only src/ui/terminal draws with xterm.js; others may know its types',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/ui/terminal/' },
    to: { path: '(^|/)node_modules/@xterm/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'front-door',
    comment: "another room is entered by its index.ts; only the shell also uses the programs' library",
    severity: 'error',
    from: { path: '^src/([^/]+)/' },
    to: { path: '^src/[^/]+/', pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$', '^src/userland/lib/'] },
  },
  {
    name: 'userland-lib-is-private',
    comment: "userland/lib is for the programs and the shell; others use userland's index.ts",
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/(userland|shell)/' },
    to: { path: '^src/userland/lib/' },
  },
  {
    name: 'programs-do-not-import-programs',
    comment: 'what two commands share belongs into userland/lib',
    severity: 'error',
    from: { path: '^src/userland/(lib|bin)/([^/.]+)' },
    to: { path: '^src/userland/bin/', pathNot: '^src/userland/bin/$2' },
  },
  {
    name: 'plain-filesystems',
    comment: 'tmpfs and overlay are made of the VFS alone, as in Linux they could be modules',
    severity: 'error',
    from: { path: '^src/fs/(tmpfs|overlay)' },
    to: { path: '^src/kernel/' },
  },
  {
    name: 'main-mounts-the-page',
    comment: 'main.ts mounts the app: ui only',
    severity: 'error',
    from: { path: '^src/main\\.ts$' },
    to: { path: '^src/', pathNot: '^src/ui/' },
  },
  {
    name: 'twin-is-thin',
    comment: 'the command line twin is a thin file over machine and labs',
    severity: 'error',
    from: { path: '^src/twin\\.ts$' },
    to: { path: '^src/', pathNot: '^src/((abi|machine|labs)/index|normalize)\\.ts$' },
  },
  {
    name: 'no-node',
    comment: 'src runs in browsers; only the command line twin knows Node',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/twin\\.ts$' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'no-cycles',
    comment:
      'two files that need each other are one, or three; types may refer to each other freely. Excepted: the shell ' +
      '(an interpreter is recursive: commands expand words, words run commands) and components that nest themselves',
    severity: 'error',
    from: { path: '^src/', pathNot: ['^src/shell/', '^src/ui/lab/(Inline|Blocks)\\.svelte$'] },
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'no-orphans',
    comment: 'nobody imports this file: programs are found by a glob, everything else is dead',
    severity: 'error',
    from: {
      orphan: true,
      path: '^src/',
      pathNot: ['\\.d\\.ts$', '^src/userland/bin/', '^src/(main|twin)\\.ts$', '^src/[^/]+/index\\.ts$'],
    },
    to: {},
  },
  {
    name: 'no-unresolvable',
    comment: 'the import leads nowhere',
    severity: 'error',
    from: { path: '^src/' },
    to: { couldNotResolve: true },
  },
]

module.exports = {
  forbidden,
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['\\.(css|svg|png|woff2)$', '^virtual:'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['browser', 'import', 'default', 'types'],
    },
  },
}
