// The acts of a speakers' list by the names that the record gives them, and who may do them (docs/meetings.md).
import type { Capacity, Offer } from '$/api/acts';

export const speakerActs = {
  inscribe: 'meeting.inscribed',
  give: 'meeting.floor_given',
  end: 'meeting.spoke',
  withdraw: 'meeting.speaker_withdrawn',
  raise: 'meeting.order_raised',
  rule: 'meeting.order_ruled',
  openItem: 'meeting.item_opened',
  closeItem: 'meeting.item_closed',
  closeList: 'meeting.list_closed'
} as const;

// Those that the list does itself: no form for them is needed beside it.
export const speakersActs: ReadonlySet<string> = new Set<string>(Object.values(speakerActs));

// In which capacity the asker conducts the meeting: what is offered changes from moment to moment (nobody can be given the
// floor while somebody has it), the capacity does not. Null for a delegation.
export function conductsAs(can: readonly Offer[]): Capacity | null {
  return can.find((offer) => offer.capacity === 'chair' || offer.capacity === 'secretariat')?.capacity ?? null;
}
