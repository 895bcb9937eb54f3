// Short names of organizations.
import { describe, expect, it } from 'vitest';
import { acronymOf } from './acronym';

describe('acronymOf', () => {
  it('is the short name where there is one', () => {
    expect(acronymOf({ id: 'COE', name: 'Council of Europe', short: 'CoE' })).toBe('CoE');
  });

  it('is the end of the id where the language has no short name', () => {
    const name = 'مفوضية الأمم المتحدة لشؤون اللاجئين';
    expect(acronymOf({ id: 'UN.UNHCR', name, short: name })).toBe('UNHCR');
    expect(acronymOf({ id: 'UN.UNHCR', name })).toBe('UNHCR');
  });

  it('keeps the organization before an end that says little', () => {
    expect([acronymOf({ id: 'OIC.GS', name: 'x' }), acronymOf({ id: 'UN', name: 'x' })]).toEqual(['OIC.GS', 'UN']);
  });

  it('is the name of what has no acronym', () => {
    expect(acronymOf({ id: 'UN.SECRETARIAT', name: 'United Nations Secretariat' })).toBe('United Nations Secretariat');
    expect(acronymOf({ id: 'doc:ministry-of-water', name: 'Ministry of Water' })).toBe('Ministry of Water');
    expect(acronymOf({ id: 'OIC#Member States', name: 'OIC Member States' })).toBe('OIC Member States');
  });
});
