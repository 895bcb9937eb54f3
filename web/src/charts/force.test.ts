// The layout of the network: the same every time, inside its box, nothing on top of something else.
import { describe, expect, it } from 'vitest';
import { placeNodes, type ForceEdge, type ForceNode } from './force';

// A made network of the shape that records have: a few hubs with bodies, and many that meet one hub.
function made(count: number): { nodes: ForceNode[]; edges: ForceEdge[] } {
  const nodes = Array.from({ length: count }, (_, at) => ({
    id: `N${at}`,
    parent: at > 2 && at % 3 === 0 ? `N${at % 2}` : '',
    radius: 24 / Math.sqrt(at + 1) + 5,
    labelWidth: 30 + (at % 4) * 12
  }));
  const edges = nodes.slice(1).flatMap((node, at) => [
    { a: node.id, b: `N${at % 3}`, weight: 1 + (at % 7) },
    { a: node.id, b: `N${(at * 5) % count}`, weight: 1 }
  ]);
  return { nodes, edges };
}

describe('placeNodes', () => {
  const box = { width: 900, height: 620 };

  it('places the same network the same way', () => {
    const { nodes, edges } = made(40);
    expect(placeNodes(nodes, edges, box)).toEqual(placeNodes(nodes, edges, box));
  });

  it.each([1, 2, 5, 15, 30, 60])('keeps %i nodes inside the box', (count) => {
    const { nodes, edges } = made(count);
    for (const [at, place] of placeNodes(nodes, edges, box).entries()) {
      const radius = nodes[at]?.radius ?? 0;
      expect(Number.isFinite(place.x) && Number.isFinite(place.y)).toBe(true);
      expect(place.x).toBeGreaterThanOrEqual(radius);
      expect(place.x).toBeLessThanOrEqual(box.width - radius);
      expect(place.y).toBeGreaterThanOrEqual(radius);
      expect(place.y).toBeLessThanOrEqual(box.height - radius);
    }
  });

  it('lets no circle cover another', () => {
    const { nodes, edges } = made(30);
    const placed = placeNodes(nodes, edges, box);
    for (let i = 0; i < placed.length; ++i) {
      for (let j = i + 1; j < placed.length; ++j) {
        const [p, q, a, b] = [placed[i], placed[j], nodes[i], nodes[j]];
        if (!p || !q || !a || !b) continue;
        expect(Math.hypot(p.x - q.x, p.y - q.y), `${p.id} ${q.id}`).toBeGreaterThan(Math.max(a.radius, b.radius));
      }
    }
  });

  it('puts what works together nearer than what does not', () => {
    const nodes = ['A', 'B', 'C', 'D', 'E', 'F'].map((id) => ({ id, parent: '', radius: 8, labelWidth: 20 }));
    const edges = [
      { a: 'A', b: 'B', weight: 9 },
      { a: 'B', b: 'C', weight: 9 },
      { a: 'A', b: 'C', weight: 9 },
      { a: 'D', b: 'E', weight: 9 },
      { a: 'E', b: 'F', weight: 9 },
      { a: 'D', b: 'F', weight: 9 }
    ];
    const at = new Map(placeNodes(nodes, edges, box).map((place) => [place.id, place]));
    const apart = (a: string, b: string) => {
      const [p, q] = [at.get(a), at.get(b)];
      return p && q ? Math.hypot(p.x - q.x, p.y - q.y) : 0;
    };
    const inside = (apart('A', 'B') + apart('B', 'C') + apart('D', 'E') + apart('E', 'F')) / 4;
    const across = (apart('A', 'D') + apart('B', 'E') + apart('C', 'F')) / 3;
    expect(inside).toBeLessThan(across);
  });

  it('does with nodes that nothing joins, and with edges to nodes that are not there', () => {
    const nodes = ['A', 'B'].map((id) => ({ id, parent: 'gone', radius: 8, labelWidth: 20 }));
    expect(placeNodes(nodes, [{ a: 'A', b: 'Z', weight: 1 }], box)).toHaveLength(2);
    expect(placeNodes([], [], box)).toEqual([]);
  });
});
