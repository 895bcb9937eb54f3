import { describe, expect, it } from 'vitest';
import type { Capacity, Offer } from '$/api/acts';
import { conductsAs } from './speaker_acts';

const offer = (type: string, capacity?: Capacity): Offer => ({
  type,
  says: '',
  fields: [],
  ...(capacity ? { capacity } : {})
});

describe('conductsAs', () => {
  it('is the capacity in which any act is offered beyond a delegation’s own', () => {
    expect(conductsAs([offer('meeting.registered', 'delegation'), offer('meeting.resumed', 'chair')])).toBe('chair');
    expect(conductsAs([offer('meeting.invited', 'secretariat')])).toBe('secretariat');
  });
  it('is none for a delegation and for whoever may do nothing', () => {
    expect(conductsAs([offer('meeting.inscribed', 'delegation'), offer('meeting.declined')])).toBeNull();
    expect(conductsAs([])).toBeNull();
  });
});
