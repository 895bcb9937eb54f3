// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { setLanguage } from './language.svelte';
import { hours, minutes, readersHours } from './meeting_time';

const meeting = { begins: '2026-03-26T09:00:00Z', ends: '2026-03-26T12:00:00Z', zone: 'Europe/Vienna' };
const plain = (text: string) => text.replace(/[\u2066-\u2069]/g, '');

describe('hours', () => {
  it('are those of the place, before and after clocks go forward', async () => {
    await setLanguage('en');
    expect(plain(hours(meeting))).toBe('10:00–13:00');
    const later = { ...meeting, begins: '2026-04-02T08:00:00Z', ends: '2026-04-02T11:00:00Z' };
    expect(plain(hours(later))).toBe('10:00–13:00');
  });
  it('name the day where a meeting goes on into another', async () => {
    await setLanguage('en');
    expect(plain(hours({ ...meeting, ends: '2026-03-27T12:00:00Z' }))).toBe('10:00–27 March 2026, 13:00');
  });
  it('are said again only where the reader’s clock shows others', async () => {
    await setLanguage('en');
    expect(readersHours(meeting, 'Europe/Paris')).toBe('');
    expect(plain(readersHours(meeting, 'Asia/Almaty'))).toBe('14:00–17:00');
  });
});

describe('minutes', () => {
  it('are written in the digits of the language, over the limit with a sign', async () => {
    await setLanguage('en');
    expect([minutes(185), minutes(0), minutes(-7), minutes(3600)]).toEqual(['3:05', '0:00', '−0:07', '60:00']);
    await setLanguage('ar');
    expect(minutes(185)).toBe('٣:٠٥');
  });
});
