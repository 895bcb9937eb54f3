import { describe, expect, it } from 'vitest';
import type { ProjectRow } from '$/api/fund';
import { namesIn, projectsOf } from './fund';

const named = (id: string) => ({ id, name: id });
const project = (id: string, theme: string, ...states: string[]) =>
  ({ id, themes: [named(theme)], beneficiaries: states.map(named) }) as unknown as ProjectRow;
const projects = [project('1', 'water', 'JOR', 'MAR'), project('2', 'youth', 'JOR'), project('3', 'water', 'MNG')];

describe('projectsOf', () => {
  it('narrows by theme and by beneficiary', () => {
    const ids = (theme: string, beneficiary: string) =>
      projectsOf(projects, { theme, beneficiary }).map((each) => each.id);
    expect(ids('', '')).toEqual(['1', '2', '3']);
    expect(ids('water', '')).toEqual(['1', '3']);
    expect(ids('water', 'JOR')).toEqual(['1']);
    expect(ids('youth', 'MNG')).toEqual([]);
  });
});

describe('namesIn', () => {
  it('names each once, in the order of the language', () => {
    const states = [
      { id: 'b', name: 'تونس' },
      { id: 'a', name: 'الأردن' },
      { id: 'b', name: 'تونس' }
    ];
    expect(namesIn(states, 'ar').map((each) => each.id)).toEqual(['a', 'b']);
  });
});
