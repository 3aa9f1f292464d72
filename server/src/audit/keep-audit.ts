import type { Transaction } from '#db/connect.ts'
import { auditEntries } from '#db/schema.ts'
import type { AuditAction } from '#shared/audit.ts'
import type { House } from '../house.ts'

export type AuditFact = {
  action: AuditAction
  groupId?: string
  organizationId?: string
  /** Who did it; nobody when it was a job. */
  actorId?: string
  /** To whom. They read the entry. */
  subjectId?: string
  /** Ids, names of settings and their values; never words of people. */
  detail?: Record<string, string | number | boolean | null>
}

/** Adds to the audit trail, in the transaction of what it tells. */
export async function keepAudit(house: House, tx: Transaction, fact: AuditFact): Promise<void> {
  await tx.insert(auditEntries).values({ ...fact, at: house.now() })
}
