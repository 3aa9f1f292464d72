import { DOMAIN_LINK_HOURS } from '#shared/organizations.ts'
import type { Letter } from '../mail/send-mail.ts'

/** Goes to whoever runs the mail of a domain, who may never have heard of Shortside. */
export function domainLetter({
  to,
  url,
  domain,
  organization,
  asking,
}: {
  to: string
  url: string
  domain: string
  organization: string
  asking: { name: string; email: string }
}): Letter {
  return {
    to,
    subject: `Is ${domain} the domain of ${organization}?`,
    paragraphs: [
      'Hello,',
      `${asking.name} (${asking.email}) says that ${domain} belongs to ${organization}, and would like colleagues with an address there to find its peer learning groups on Shortside.`,
      `Once you say yes, the admins of ${organization} also read the names and addresses of people at ${domain} who have an account there, and can connect the company’s own sign-in, which opens these accounts.`,
      'If that is right, confirm it on the page behind the link. If you do not know about it, do nothing: then nothing happens.',
    ],
    action: { label: 'Look at it', url },
    footer: `You get this mail because it went to ${to}, which only whoever runs the mail of ${domain} reads. The link works once, for ${DOMAIN_LINK_HOURS} hours.`,
  }
}
