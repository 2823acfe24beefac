//! Cycles in weighted directed graphs, and the cheapest edges to cut.
//!
//! Nodes are numbered from 0; between two nodes there is at most one edge each way, and
//! none from a node to itself. Everything is decided by these numbers alone, so that the
//! same graph gives the same answer.

mod cut;

use petgraph::algo::{astar, kosaraju_scc};
use petgraph::graph::{DiGraph, NodeIndex};

/// An edge and what it costs to cut it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// Where it begins.
    pub from: u32,
    /// Where it ends.
    pub to: u32,
    /// What it costs to cut it.
    pub weight: u32,
}

/// Nodes that can all be reached from each other.
#[derive(Clone, Debug)]
pub struct Tangle {
    /// The nodes, two at least, in ascending order.
    pub nodes: Vec<u32>,
    /// Edges that leave no cycle when they are cut, in ascending order. No cheaper set does
    /// for tangles of up to [`Tangle::MOST_EXACT`] nodes; for larger ones this is what a
    /// heuristic finds. No edge of them can be spared in either case.
    pub cut: Vec<Edge>,
    graph: DiGraph<(), u32>,
}

/// The tangles of a graph, in the order of their first nodes. Every cycle lies in one.
#[must_use]
pub fn tangles(edges: &[Edge]) -> Vec<Tangle> {
    let graph = digraph(edges);
    let mut components: Vec<Vec<u32>> = kosaraju_scc(&graph)
        .into_iter()
        .filter(|component| component.len() > 1)
        .map(|component| component.into_iter().map(number).collect())
        .collect();
    for component in &mut components {
        component.sort_unstable();
    }
    components.sort_unstable();
    // The component of each node, so that all edges are sorted into them at once.
    let mut component_of = vec![usize::MAX; graph.node_count()];
    for (index, component) in components.iter().enumerate() {
        for node in component {
            component_of[*node as usize] = index;
        }
    }
    let mut inner: Vec<Vec<Edge>> = vec![Vec::new(); components.len()];
    for edge in edges {
        let component = component_of[edge.from as usize];
        if component != usize::MAX && component == component_of[edge.to as usize] {
            inner[component].push(*edge);
        }
    }
    components.into_iter().zip(inner).map(|(nodes, edges)| Tangle::new(nodes, &edges)).collect()
}

impl Tangle {
    /// The most nodes for which the cheapest cut is found for sure.
    pub const MOST_EXACT: usize = 14;

    fn new(nodes: Vec<u32>, edges: &[Edge]) -> Self {
        let local = |node: u32| {
            let index = nodes.binary_search(&node).expect("a node of the tangle");
            u32::try_from(index).expect("no more nodes than numbers")
        };
        let mut edges: Vec<Edge> = edges
            .iter()
            .map(|edge| Edge { from: local(edge.from), to: local(edge.to), ..*edge })
            .collect();
        edges.sort_unstable();
        let global = |edge: Edge| Edge {
            from: nodes[edge.from as usize],
            to: nodes[edge.to as usize],
            ..edge
        };
        let cut = cut::cheapest(nodes.len(), &edges).into_iter().map(global).collect();
        Self { cut, graph: digraph(&edges), nodes }
    }

    /// The nodes on a shortest way from one node of the tangle to another, both included.
    #[must_use]
    pub fn way(&self, from: u32, to: u32) -> Option<Vec<u32>> {
        let local = |node| Some(index(u32::try_from(self.nodes.binary_search(&node).ok()?).ok()?));
        let (from, to) = (local(from)?, local(to)?);
        let (_, way) = astar(&self.graph, from, |node| node == to, |_| 1, |_| 0)?;
        Some(way.into_iter().map(|node| self.nodes[node.index()]).collect())
    }
}

fn digraph(edges: &[Edge]) -> DiGraph<(), u32> {
    DiGraph::from_edges(edges.iter().map(|edge| (edge.from, edge.to, edge.weight)))
}

fn index(node: u32) -> NodeIndex {
    NodeIndex::new(node as usize)
}

fn number(node: NodeIndex) -> u32 {
    u32::try_from(node.index()).expect("nodes are numbered by u32")
}

#[cfg(test)]
mod tests;
