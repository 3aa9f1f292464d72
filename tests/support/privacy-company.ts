import { randomUUID } from 'node:crypto'
import { colleagues, organizationDomains } from '#db/schema.ts'
import { skillList } from '#shared/skill-list.ts'
import { canary } from './canary.ts'
import { internalDraft } from './company.ts'
import type { TestHouse, TestPerson } from './house.ts'
import type { Who } from './privacy-people.ts'

/** A company with a group that its colleagues find, and one that waits for a yes; and another company. */
export type CompanyWorld = {
  slug: string
  name: string
  domainId: string
  groupId: string
  waitingId: string
}

export async function foundCompany(
  { house, linkTo, stranger }: TestHouse,
  { admin, hr, colleague, otherCompany }: Record<Who, TestPerson>,
): Promise<CompanyWorld> {
  const name = `Company ${canary('company name')}`
  const { slug, id } = await admin.api.createOrganization({ body: { id: randomUUID(), name } })
  await otherCompany.api.createOrganization({ body: { id: randomUUID(), name: 'Another company' } })
  const params = { slug }
  const domain = `${canary('company domain')}.example`
  const { id: domainId } = await admin.api.claimDomain({
    params,
    body: { domain, method: 'mail', mailbox: 'postmaster' },
  })
  const token = (await linkTo(`postmaster@${domain}`)).split('/').at(-1) ?? ''
  await stranger().api.useDomainLink({ params: { token }, body: {} })
  const at = house.now()
  await house.db.insert(organizationDomains).values({
    organizationId: id,
    domain: 'pier.example',
    method: 'dns',
    problem: canary('domain problem'),
    askedAt: at,
  })
  await house.db.insert(colleagues).values([
    { organizationId: id, accountId: hr.id, role: 'hr', joinedAt: at },
    { organizationId: id, accountId: colleague.id, role: 'colleague', joinedAt: at },
  ])
  await admin.api.saveSkills({
    params,
    body: {
      skills: [
        { skill: 'shown', name: canary('skill shown'), hidden: false },
        { skill: 'hidden', name: canary('skill hidden'), hidden: true },
        ...skillList([]),
      ],
    },
  })
  const start = (what: string) =>
    colleague.api.createGroup({
      body: {
        ...internalDraft(),
        organization: slug,
        name: canary(`${what} name`),
        purpose: canary(`${what} purpose`),
      },
    })
  const group = await start('internal')
  await admin.api.changeOrganization({ params, body: { approvesGroups: true } })
  const waiting = await start('waiting')
  return { slug, name, domainId, groupId: group.id, waitingId: waiting.id }
}
