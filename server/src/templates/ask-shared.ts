import { Value } from 'typebox/value'
import { Refusal } from '#shared/refusals.ts'
import { templateOf } from '#shared/template-blocks.ts'
import { SharedTemplate } from '#shared/templates.ts'
import { askOutside, readAddress, textOf, type Thing } from '../episodes/fetch-outside.ts'
import { checkTemplate } from '../guide/check-file.ts'
import type { House } from '../house.ts'
import { findShared } from './share-template.ts'

const TEMPLATE: Thing = {
  agent: 'Shortside (session template)',
  most: 1_048_576,
  privately: 'Ask for the template as a file.',
  instead: 'ask for the template as a file',
  gone: 'Ask whoever gave you the link for a new one, or for the template as a file.',
}

/** The token of a link to a template, in the address of its page or of the API. */
const PLACE = /^(.*)\/(?:templates|api\/shared-templates)\/([\w-]{46})(?:\/file)?\/?$/u

export type Link = { address: string; origin: string; token: string }

/** @throws Refusal when it is no link to a shared template. */
export function readLink(address: string): Link {
  const url = readAddress(address)
  const [, before = '', token] = PLACE.exec(url.pathname) ?? []
  if (token === undefined)
    throw new Refusal(
      'invalid',
      'That is no link to a shared template: it ends with /templates/ and 46 letters and digits. Copy it whole.',
      'address',
    )
  const origin = url.origin + before
  return { address: `${origin}/templates/${token}`, origin, token }
}

/** A link of this instance is read without a network. */
export const isOurs = ({ config }: House, { origin }: Link): boolean => origin === config.origin

/** What another instance gave; no template when it is still what is known under this tag. */
export type Given = { shared: SharedTemplate | null; etag: string | null }

export async function askShared(house: House, link: Link, etag: string | null = null): Promise<Given> {
  if (isOurs(house, link)) {
    const shared = await findShared(house, link.token)
    if (!shared)
      throw new Refusal(
        'invalid',
        'There is no template under this link, or the link was taken back. Ask whoever gave it to you.',
        'address',
      )
    return { shared, etag: null }
  }
  const answer = await askOutside(
    `${link.origin}/api/shared-templates/${link.token}`,
    { allow: house.config.feedNetworks, thing: TEMPLATE },
    { etag },
  ).catch((problem: unknown) => {
    throw problem instanceof Refusal && problem.field === 'url' ? atAddress(problem) : problem
  })
  if (answer.body === null) return { shared: null, etag }
  return {
    shared: understand(textOf(answer.body, answer.contentType, answer.url), new URL(link.address).hostname),
    etag: answer.etag,
  }
}

/** The form of this feature calls the field by its own name. */
function atAddress(problem: Refusal): Refusal {
  return Object.assign(problem, { field: 'address' })
}

function understand(text: string, host: string): SharedTemplate {
  const unusable = (why: string) =>
    new Refusal(
      'invalid',
      `What ${host} gave can’t be used. ${why} Ask for the template as a file.`,
      'address',
    )
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    throw unusable('It is no template.')
  }
  // A newer instance may say more than this one knows.
  const known = Value.Clean(SharedTemplate, given)
  if (!Value.Check(SharedTemplate, known))
    throw unusable('It is no template, or of a kind that is not known here.')
  const [problem] = checkTemplate(JSON.stringify(templateOf(known.template, 'shared'))).problems
  if (problem) throw unusable(problem.message)
  return known
}
