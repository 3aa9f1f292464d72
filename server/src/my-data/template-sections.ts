import type { MyData } from '#shared/my-data.ts'
import type { Section } from './page-sections.ts'

export const templateSections = (data: MyData, at: (instant: string | null) => string | null): Section[] => [
  {
    title: 'Templates that you saved',
    none: 'None.',
    entries: data.templatesSaved.map((one) => ({
      title: one.title,
      facts: [
        ['Group', one.group],
        ['Version', String(one.version)],
        ['Saved', at(one.savedAt)],
      ],
    })),
  },
  {
    title: 'Templates that you shared by a link',
    none: 'None.',
    entries: data.templatesShared.map((one) => ({
      title: one.title,
      facts: [
        ['Group', one.group],
        ['Who made it', one.author],
        ['Licence', one.licence],
        ['Shared', at(one.sharedAt)],
        ['Taken back', at(one.takenBackAt)],
      ],
    })),
  },
]
