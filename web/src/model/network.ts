// The network of co-operation: which edges a period shows, who is next to whom, how thick and how large things are.
import type { Network, NetworkEdge, NetworkNode } from '$/api/activity';

export interface Neighbour {
  node: NetworkNode;
  edge: NetworkEdge;
}

export function edgeKey(edge: { a: string; b: string }): string {
  return edge.a < edge.b ? `${edge.a}|${edge.b}` : `${edge.b}|${edge.a}`;
}

export function neighboursOf(network: Network, id: string): Neighbour[] {
  const nodes = new Map(network.nodes.map((node) => [node.id, node]));
  return network.edges
    .filter((edge) => edge.a === id || edge.b === id)
    .flatMap((edge) => {
      const node = nodes.get(edge.a === id ? edge.b : edge.a);
      return node ? [{ node, edge }] : [];
    })
    .sort((x, y) => y.edge.statements - x.edge.statements || (x.node.id < y.node.id ? -1 : 1));
}

// A node and whatever it is joined with, its bodies and its parent too.
export function neighbourhood(network: Network, id: string): Set<string> {
  const out = new Set([id]);
  for (const { node } of neighboursOf(network, id)) out.add(node.id);
  const own = network.nodes.find((node) => node.id === id);
  for (const node of network.nodes) if (node.parent === id || node.id === own?.parent) out.add(node.id);
  return out;
}

// The area of a circle grows with the number of statements, not its radius: a circle twice as large says twice as much.
export function radiusOf(statements: number, most: number): number {
  return most <= 0 ? 6 : 5 + 19 * Math.sqrt(statements / most);
}

export function widthOf(statements: number, most: number): number {
  return most <= 0 ? 1 : 1 + 6 * Math.sqrt(statements / most);
}

// The nearest of its parents that is in the picture, '' if none is: OSCE.ODIHR hangs on OSCE though a secretariat between
// them is not shown.
export function parentOf(node: NetworkNode, nodes: readonly NetworkNode[]): string {
  const there = new Set(nodes.map((each) => each.id));
  if (node.parent && there.has(node.parent)) return node.parent;
  const parts = node.id.split('.');
  for (let length = parts.length - 1; length > 0; --length) {
    const above = parts.slice(0, length).join('.');
    if (there.has(above)) return above;
  }
  return '';
}

// Nodes whose name, short name or id begins with the words, or holds them; the weightiest first.
export function searchNodes(nodes: readonly NetworkNode[], words: string): NetworkNode[] {
  const wanted = words.trim().toLocaleLowerCase();
  if (wanted === '') return [];
  return nodes
    .filter((node) => [node.name, node.short ?? '', node.id].some((name) => name.toLocaleLowerCase().includes(wanted)))
    .sort((a, b) => b.statements - a.statements);
}
