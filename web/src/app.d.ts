import type { Problem } from '#shared/refusals.ts'

declare global {
  namespace App {
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- SvelteKit reads this very name
    interface Error extends Problem {}
  }
}
