import { client } from '#lib/api.ts'
import type { Person } from '#shared/mentions.ts'

/** The members of a group, who can be mentioned in it. Asked for when somebody types the first @, or words have one. */
export class GroupPeople {
  readonly slug: string
  /** Nobody mentions themselves. */
  readonly me: string
  list: readonly Person[] = $state.raw([])
  #loading: Promise<void> | undefined

  constructor(slug: string, me: string) {
    this.slug = slug
    this.me = me
  }

  /** Once; after a failure the next one tries again. */
  load(): Promise<void> {
    this.#loading ??= client()
      .listMembers({ params: { slug: this.slug } })
      .then((members) => {
        this.list = members.map(({ accountId, name }) => ({ id: accountId, name }))
      })
      .catch(() => {
        this.#loading = undefined
      })
    return this.#loading
  }
}
