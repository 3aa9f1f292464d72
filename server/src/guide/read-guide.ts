import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Behaviours, ChecklistItem, Programme, QuestionSet, SessionTemplate } from '#shared/guide.ts'
import { CHECKOUT } from '../config.ts'
import {
  checkBehaviours,
  checkChecklist,
  checkProgramme,
  checkQuestionSets,
  checkTemplate,
  type Checked,
} from './check-file.ts'
import type { FileProblem } from './read-yaml.ts'

/** The organizer guide. What can't be used is left out of it and named in `problems`; one slip never takes all away. */
export type Guide = {
  readonly templates: ReadonlyMap<string, SessionTemplate>
  readonly programmes: ReadonlyMap<string, Programme>
  readonly checklist: readonly ChecklistItem[]
  readonly questionSets: readonly QuestionSet[]
  readonly behaviours: Behaviours
  readonly problems: readonly GuideProblem[]
  readonly advice: readonly GuideProblem[]
}
/** `file` is the path of the file. */
export type GuideProblem = FileProblem & { readonly file: string }

/** Where the guide lies. */
export const GUIDE_FOLDER = join(CHECKOUT, 'shared/guide')

let known: Guide | undefined

/** The guide that came with this version, read once. */
export const readGuide = (): Guide => (known ??= readGuideFolder(GUIDE_FOLDER))

export const findTemplate = (id: string): SessionTemplate | undefined => readGuide().templates.get(id)
export const findProgramme = (id: string): Programme | undefined => readGuide().programmes.get(id)

export function readGuideFolder(folder: string): Guide {
  const problems: GuideProblem[] = []
  const advice: GuideProblem[] = []
  const note = <T>(file: string, checked: Checked<T>): T | undefined => {
    problems.push(...checked.problems.map((problem) => ({ ...problem, file })))
    advice.push(...checked.advice.map((one) => ({ ...one, file })))
    return checked.value
  }
  const read = <T extends { id: string }>(name: string, check: (text: string, name: string) => Checked<T>) =>
    yamlFiles(join(folder, name)).flatMap(
      (file) => note(file, check(readFileSync(file, 'utf8'), basename(file))) ?? [],
    )

  const templates = byId(read('templates', checkTemplate))
  const readOne = <T>(name: string, check: (text: string) => Checked<T>): T | undefined => {
    const file = join(folder, name)
    return existsSync(file) ? note(file, check(readFileSync(file, 'utf8'))) : undefined
  }
  const questionSets = readOne('question-sets.yaml', checkQuestionSets) ?? []
  const programmes = read('programmes', (text, name) =>
    checkProgramme(
      text,
      templateIds(folder),
      name,
      questionSets.map(({ id }) => id),
    ),
  )
    .map((programme) => ({
      ...programme,
      sessions: programme.sessions.filter(({ template }) => templates.has(template)),
    }))
    .filter(({ sessions }) => sessions.length > 0)
    .sort((a, b) => (a.order ?? Infinity) - (b.order ?? Infinity) || a.title.localeCompare(b.title, 'en'))
  return {
    templates,
    programmes: byId(programmes),
    checklist: readOne('checklist.yaml', checkChecklist) ?? [],
    questionSets,
    behaviours: readOne('behaviours.yaml', checkBehaviours) ?? {},
    problems,
    advice,
  }
}

const byId = <T extends { id: string }>(all: T[]) => new Map(all.map((one) => [one.id, one]))

/** The ids that steps of a programme may name: every template's, also while one of them has a problem. */
export const templateIds = (folder = GUIDE_FOLDER): string[] =>
  yamlFiles(join(folder, 'templates')).map((file) => basename(file, '.yaml'))

const yamlFiles = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => join(folder, name))
