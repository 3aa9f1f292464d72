import type { Duty } from '#shared/duties.ts'

export const DUTY_WORDS: Record<Duty, string> = {
  facilitator: 'Facilitates',
  welcome: 'Welcomes',
  timekeeper: 'Keeps time',
  notes: 'Takes notes',
}

/** "I’ll …", on a button. */
export const I_WILL: Record<Duty, string> = {
  facilitator: 'I’ll facilitate',
  welcome: 'I’ll welcome',
  timekeeper: 'I’ll keep time',
  notes: 'I’ll take notes',
}

export const DUTY_MEANS: Record<Duty, string> = {
  facilitator: 'Prepares the session, runs its room, and sees to it that everybody is heard.',
  welcome: 'Is there first, greets everybody by name, and sits down with whoever is new.',
  timekeeper: 'Says when a part has two minutes left, so that whoever facilitates can look at the people.',
  notes: 'Writes down what was decided and promised, not who said what.',
}
