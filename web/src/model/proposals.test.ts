import { describe, expect, it } from 'vitest';
import type { MeetingRow, Proposal } from '$/api/meetings';
import { withProposals } from './proposals';

const proposal = (begins: string, meeting: string | null): Proposal => ({
  rule: 'OSCE_PC/weekly',
  body: { id: 'OSCE_PC', name: 'Permanent Council' },
  number: 1,
  title: 'Regular meeting',
  begins,
  ends: begins,
  begins_local: begins.slice(0, 16),
  zone: 'Europe/Vienna',
  place: '',
  meeting
});

describe('withProposals', () => {
  it('adds what nobody has planned yet, and nothing twice', () => {
    const planned = [{ id: 'PC-M-2026-001', state: 'planned' }] as unknown as MeetingRow[];
    const rows = withProposals(planned, [
      proposal('2026-03-19T09:00:00.000Z', 'PC-M-2026-001'),
      proposal('2026-03-26T09:00:00.000Z', null)
    ]);
    expect(rows.map((each) => each.state)).toEqual(['planned', 'proposed']);
    expect(rows[1]?.proposal?.begins).toBe('2026-03-26T09:00:00.000Z');
  });
});
