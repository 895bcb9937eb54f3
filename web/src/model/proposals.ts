// What the rules of bodies propose, beside the meetings that are planned.
import type { MeetingRow, Proposal } from '$/api/meetings';

// A line of the calendar: a meeting, or a proposal that nobody has planned yet.
export interface CalendarRow extends Omit<MeetingRow, 'state'> {
  state: MeetingRow['state'] | 'proposed';
  proposal?: Proposal;
}

// Meetings, and the proposals for which none is planned.
export function withProposals(meetings: readonly MeetingRow[], proposals: readonly Proposal[]): CalendarRow[] {
  const open = proposals
    .filter((each) => each.meeting === null)
    .map((proposal): CalendarRow => ({
      id: `${proposal.rule} ${proposal.begins}`,
      body: proposal.body,
      number: null,
      title: proposal.title,
      begins: proposal.begins,
      ends: proposal.ends,
      zone: proposal.zone,
      place: proposal.place,
      state: 'proposed',
      sequence: 0,
      proposal
    }));
  return [...meetings, ...open];
}
