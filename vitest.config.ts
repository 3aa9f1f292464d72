import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['tests/support/database.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A busy machine may take its time.
    expect: { poll: { timeout: 20_000 } },
    // Stories wait for the database more than they compute, so four fit on two cores.
    maxWorkers: 4,
    projects: [
      { extends: true, test: { name: 'rules', include: ['{shared,server,db,web}/**/*.test.ts'] } },
      { extends: true, test: { name: 'stories', include: ['tests/integration/**/*.test.ts'] } },
      // Processes and databases are killed here: it comes last, so that nothing else is late because of it.
      {
        extends: true,
        test: { name: 'faults', include: ['tests/faults/**/*.test.ts'], sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/support/browser.ts'],
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
})
