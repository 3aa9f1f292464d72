import { client } from '#lib/api.ts'

/** The page is loaded anew, so that nothing of the person who left stays in its memory. */
export async function signOut(): Promise<void> {
  await client().signOut()
  location.assign('/')
}
