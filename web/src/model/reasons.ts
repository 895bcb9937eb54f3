// The reasons that the server gives for a place in the queue: those that speak against a statement, and those that make
// it weigh much.

const ofWeight = new Set([
  'says_who_leads',
  'obliges',
  'mandates',
  'says_what_was_done',
  'rests_on_a_paper',
  'much_said_of_them',
  'recent'
]);

export const weighty = (why: string[] = []): string[] => why.filter((each) => ofWeight.has(each));
export const doubtful = (why: string[] = []): string[] => why.filter((each) => !ofWeight.has(each));
