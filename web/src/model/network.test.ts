// The network: neighbours, parents, sizes, search.
import { describe, expect, it } from 'vitest';
import type { Network } from '$/api/activity';
import { edgeKey, neighbourhood, neighboursOf, parentOf, radiusOf, searchNodes } from './network';

const node = (
  id: string,
  statements: number,
  parent = '',
  kind: 'organization' | 'body' | 'state' = 'organization'
) => ({
  id,
  name: `the ${id}`,
  short: id.split('.').at(-1) ?? id,
  kind,
  parent,
  statements
});
const network: Network = {
  nodes: [
    node('OSCE', 40),
    node('UN', 30),
    node('UN.UNHCR', 20, 'UN.SECRETARIAT', 'body'),
    node('KAZ', 3, '', 'state'),
    node('AU', 1)
  ],
  edges: [
    { a: 'OSCE', b: 'UN', statements: 9, first: '1999', last: '2018' },
    { a: 'UN.UNHCR', b: 'OSCE', statements: 12, first: '', last: '' }
  ],
  years: [1999, 2018]
};

describe('neighbours', () => {
  it('are those joined, the strongest first, whichever end they stand at', () => {
    expect(neighboursOf(network, 'OSCE').map(({ node: each }) => each.id)).toEqual(['UN.UNHCR', 'UN']);
  });

  it('with the node itself make the neighbourhood', () => {
    expect(neighbourhood(network, 'UN')).toEqual(new Set(['UN', 'OSCE']));
    expect(neighbourhood(network, 'AU')).toEqual(new Set(['AU']));
  });

  it('have one key for both directions', () => {
    expect(edgeKey({ a: 'UN', b: 'OSCE' })).toBe(edgeKey({ a: 'OSCE', b: 'UN' }));
  });
});

describe('parentOf', () => {
  it('is the nearest that is in the picture', () => {
    const [, , unhcr, kazakhstan] = network.nodes;
    expect(unhcr && parentOf(unhcr, network.nodes)).toBe('UN');
    expect(kazakhstan && parentOf(kazakhstan, network.nodes)).toBe('');
  });
});

describe('radiusOf', () => {
  it('makes areas, not radii, grow with the count', () => {
    const area = (count: number) => (radiusOf(count, 100) - 5) ** 2;
    expect(area(100) / area(25)).toBeCloseTo(4);
  });
});

describe('searchNodes', () => {
  it('finds by any name, the weightiest first', () => {
    expect(searchNodes(network.nodes, 'u').map((each) => each.id)).toEqual(['UN', 'UN.UNHCR', 'AU']);
    expect(searchNodes(network.nodes, '  ')).toEqual([]);
  });
});
