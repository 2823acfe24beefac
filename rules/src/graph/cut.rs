//! The cheapest edges that leave no cycle when they are cut: a minimum feedback arc set.
//!
//! To cut all cycles is to put the nodes into an order and to cut what leads back in it.
//! For few nodes the best of all orders is found by dynamic programming over their sets
//! (Lawler, 1964). For more, a greedy order (Eades, Lin and Smyth, 1993, with weights)
//! and the given one are improved by moving single nodes to better places until none is left.

use std::collections::BTreeSet;

use petgraph::algo::has_path_connecting;
use petgraph::graph::DiGraph;

use super::{Edge, Tangle, index};

/// The most passes over all nodes in search of better places, which bounds the time for
/// tangles of thousands of nodes.
const MOST_PASSES: usize = 16;

/// The edges to cut in a graph of `nodes` nodes, in ascending order.
pub(super) fn cheapest(nodes: usize, edges: &[Edge]) -> Vec<Edge> {
    if nodes <= Tangle::MOST_EXACT {
        cut_by(&best_order(nodes, edges), edges)
    } else {
        by_heuristic(nodes, edges)
    }
}

/// Edges to cut, which are not always the cheapest.
pub(super) fn by_heuristic(nodes: usize, edges: &[Edge]) -> Vec<Edge> {
    let adjacent = Adjacent::new(nodes, edges);
    let weight = |edges: &Vec<Edge>| edges.iter().map(|edge| u64::from(edge.weight)).sum::<u64>();
    // One more place to begin with, since the search ends where it can't go on by single moves.
    let starts = [greedy_order(nodes, &adjacent), (0..nodes).collect()];
    starts
        .into_iter()
        .map(|order| cut_by(&improved(order, &adjacent), edges))
        .min_by_key(weight)
        .unwrap_or_default()
}

/// The edges that lead back in an order, those apart that can be spared.
fn cut_by(order: &[usize], edges: &[Edge]) -> Vec<Edge> {
    let mut place = vec![0; order.len()];
    for (position, node) in order.iter().enumerate() {
        place[*node] = position;
    }
    let leads_back = |edge: &Edge| place[edge.from as usize] > place[edge.to as usize];
    needed(order.len(), edges, leads_back)
}

/// The order of least cost, by the cheapest way to put each set of nodes first.
fn best_order(nodes: usize, edges: &[Edge]) -> Vec<usize> {
    let mut weights = vec![vec![0_u64; nodes]; nodes];
    for edge in edges {
        weights[edge.from as usize][edge.to as usize] += u64::from(edge.weight);
    }
    let sets = 1_usize << nodes;
    // The least cost of having a set first, and the last node of that set.
    let mut best = vec![(u64::MAX, 0_usize); sets];
    best[0].0 = 0;
    for set in 0..sets {
        let members = |node: &usize| set & (1 << node) != 0;
        for last in (0..nodes).filter(|node| !members(node)) {
            let back: u64 = (0..nodes).filter(members).map(|node| weights[last][node]).sum();
            let candidate = (best[set].0 + back, last);
            let chosen = &mut best[set | 1 << last];
            *chosen = candidate.min(*chosen);
        }
    }
    let mut order = Vec::with_capacity(nodes);
    let mut set = sets - 1;
    while set != 0 {
        let last = best[set].1;
        order.push(last);
        set &= !(1 << last);
    }
    order.reverse();
    order
}

/// The neighbours of each node with the weights of the edges out to them and in from them.
struct Adjacent {
    out: Vec<Vec<(usize, i64)>>,
    into: Vec<Vec<(usize, i64)>>,
}

impl Adjacent {
    fn new(nodes: usize, edges: &[Edge]) -> Self {
        let mut adjacent = Self { out: vec![Vec::new(); nodes], into: vec![Vec::new(); nodes] };
        for edge in edges {
            let (from, to) = (edge.from as usize, edge.to as usize);
            adjacent.out[from].push((to, i64::from(edge.weight)));
            adjacent.into[to].push((from, i64::from(edge.weight)));
        }
        adjacent
    }
}

/// Puts first, again and again, the node with the most weight going out beyond what comes
/// in, of those that are left; what leads nowhere any more goes last.
fn greedy_order(nodes: usize, adjacent: &Adjacent) -> Vec<usize> {
    let weight = |edges: &[(usize, i64)]| edges.iter().map(|(_, weight)| weight).sum::<i64>();
    let mut out: Vec<i64> = adjacent.out.iter().map(|edges| weight(edges)).collect();
    let mut into: Vec<i64> = adjacent.into.iter().map(|edges| weight(edges)).collect();
    let mut is_left = vec![true; nodes];
    let rank = |node: usize, out: &[i64], into: &[i64]| {
        // Sinks before everything, then the greatest surplus, then the first node.
        (out[node] != 0, into[node] - out[node], node)
    };
    let mut queue: BTreeSet<(bool, i64, usize)> =
        (0..nodes).map(|node| rank(node, &out, &into)).collect();
    let (mut first, mut last) = (Vec::with_capacity(nodes), Vec::new());
    while let Some((has_out, _, node)) = queue.pop_first() {
        is_left[node] = false;
        if has_out {
            first.push(node);
        } else {
            last.push(node);
        }
        for (edges, sums_into) in [(&adjacent.out[node], true), (&adjacent.into[node], false)] {
            for (other, weight) in edges.iter().filter(|(other, _)| is_left[*other]) {
                queue.remove(&rank(*other, &out, &into));
                if sums_into {
                    into[*other] -= weight;
                } else {
                    out[*other] -= weight;
                }
                queue.insert(rank(*other, &out, &into));
            }
        }
    }
    first.extend(last.into_iter().rev());
    first
}

/// Moves each node to the place where the least weight leads back, until no node has a
/// better one.
fn improved(mut order: Vec<usize>, adjacent: &Adjacent) -> Vec<usize> {
    let mut place = vec![0; order.len()];
    for (position, node) in order.iter().enumerate() {
        place[*node] = position;
    }
    for _ in 0..MOST_PASSES {
        let mut is_better = false;
        for node in 0..order.len() {
            let position = place[node];
            let target = best_place(node, &place, adjacent);
            if target == position {
                continue;
            }
            is_better = true;
            if target < position {
                order[target..=position].rotate_right(1);
            } else {
                order[position..=target].rotate_left(1);
            }
            for moved in position.min(target)..=position.max(target) {
                place[order[moved]] = moved;
            }
        }
        if !is_better {
            break;
        }
    }
    order
}

/// The place at which a node costs least; its own where no other is better.
fn best_place(node: usize, place: &[usize], adjacent: &Adjacent) -> usize {
    let position = place[node];
    // What passing a neighbour costs: on the way back, its edge to the node is saved and
    // the node's edge to it is lost, and the other way round.
    let mut gains: Vec<(usize, i64)> = adjacent.out[node]
        .iter()
        .map(|(other, weight)| (place[*other], *weight))
        .chain(adjacent.into[node].iter().map(|(other, weight)| (place[*other], -weight)))
        .collect();
    gains.sort_unstable();
    let split = gains.partition_point(|(place, _)| *place < position);
    let mut best = (0, position);
    let mut cost = 0;
    // Ahead of a neighbour, an edge to it no longer leads back.
    for (index, (target, weight)) in gains[..split].iter().enumerate().rev() {
        cost -= weight;
        // Edges both ways stand at the same place, one after the other.
        let is_passed = index == 0 || gains[index - 1].0 != *target;
        if is_passed && cost < best.0 {
            best = (cost, *target);
        }
    }
    cost = 0;
    for (index, (target, weight)) in gains[split..].iter().enumerate() {
        cost += weight;
        let is_passed = gains.get(split + index + 1).is_none_or(|next| next.0 != *target);
        if is_passed && cost < best.0 {
            best = (cost, *target);
        }
    }
    best.1
}

/// Of the edges that lead back those that are needed: the dear ones are put in again where
/// they close no cycle.
fn needed(nodes: usize, edges: &[Edge], leads_back: impl Fn(&Edge) -> bool) -> Vec<Edge> {
    let (mut back, kept): (Vec<Edge>, Vec<Edge>) = edges.iter().partition(|edge| leads_back(edge));
    let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(nodes, edges.len());
    for _ in 0..nodes {
        graph.add_node(());
    }
    for edge in &kept {
        graph.add_edge(index(edge.from), index(edge.to), ());
    }
    back.sort_unstable_by_key(|edge| (std::cmp::Reverse(edge.weight), *edge));
    back.retain(|edge| {
        let closes_a_cycle = has_path_connecting(&graph, index(edge.to), index(edge.from), None);
        if !closes_a_cycle {
            graph.add_edge(index(edge.from), index(edge.to), ());
        }
        closes_a_cycle
    });
    back.sort_unstable();
    back
}
