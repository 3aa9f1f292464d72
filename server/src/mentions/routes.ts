import { postPartCalls as calls } from '#shared/post-parts.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireSignIn } from '../sign-in/guards.ts'
import { listMyMentions } from './list-my-mentions.ts'
import { repeatMentionMails } from './mail-mentions.ts'
import { seeMention } from './see-mention.ts'

export function addMentionRoutes(house: House, app: App): void {
  repeatMentionMails(house)
  answer(house, app, calls.listMyMentions, requireSignIn, (signedIn) => listMyMentions(house, signedIn))
  answer(house, app, calls.seeMention, requireSignIn, (signedIn, { params }) =>
    seeMention(house, signedIn, params.postId),
  )
}
