import type { Client } from '#lib/api.ts'

/** What the editor of a round chooses from. */
export async function loadEditor(calls: Client) {
  const [groups, { sets, behaviours }] = await Promise.all([calls.listMyGroups(), calls.listQuestions()])
  return { groups, sets, behaviours }
}
