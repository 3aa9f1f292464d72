import type { Report, ReportedQuestion } from '#shared/feedback.ts'

/** A report as Markdown, to take along. */
export function writeReport({
  title,
  subject,
  asked,
  answered,
  questions,
  heard,
  will,
  thanks,
  mine,
}: Report) {
  const lines = [
    `# ${oneLine(title)}`,
    '',
    `${subject ? `About ${oneLine(subject)}. ` : ''}${answered} of ${asked} answered.`,
    ...questions.flatMap(writeQuestion),
    ...(mine
      ? [
          '',
          '## My three lines',
          '',
          `What I heard: ${heard}`,
          '',
          `What I will do: ${will}`,
          '',
          `Whom I thank: ${thanks}`,
        ]
      : []),
  ]
  return `${lines.join('\n')}\n`
}

function writeQuestion({ question, words, spread, notObserved, self }: ReportedQuestion): string[] {
  return [
    '',
    `## ${oneLine(question.text)}`,
    ...(question.measure?.evidence ? ['', oneLine(question.measure.evidence)] : []),
    ...(question.kind === 'agreement'
      ? [
          '',
          '| 1 | 2 | 3 | 4 | 5 | not observed |',
          '| - | - | - | - | - | - |',
          `| ${[...spread, notObserved].join(' | ')} |`,
        ]
      : []),
    ...(self
      ? ['', `Myself: ${[self.points || null, oneLine(self.words) || null].filter(Boolean).join(', ')}`]
      : []),
    ...words.flatMap(({ words: said, name }) => [
      '',
      ...said.split('\n').map((line) => `> ${line}`),
      ...(name ? ['>', `> ${oneLine(name)}`] : []),
    ]),
  ]
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()
