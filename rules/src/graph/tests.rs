use petgraph::algo::is_cyclic_directed;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::*;

fn edge(from: u32, to: u32, weight: u32) -> Edge {
    Edge { from, to, weight }
}

fn is_acyclic(edges: &[Edge]) -> bool {
    !is_cyclic_directed(&digraph(edges))
}

fn without(edges: &[Edge], cut: &[Edge]) -> Vec<Edge> {
    edges.iter().filter(|edge| !cut.contains(edge)).copied().collect()
}

fn cost(edges: &[Edge]) -> u64 {
    edges.iter().map(|edge| u64::from(edge.weight)).sum()
}

#[test]
fn a_graph_without_cycles_has_no_tangle() {
    assert!(tangles(&[]).is_empty());
    assert!(tangles(&[edge(0, 1, 1), edge(0, 2, 1), edge(1, 2, 1)]).is_empty());
}

#[test]
fn the_cheapest_edge_of_a_circle_is_cut() {
    let found = tangles(&[edge(0, 1, 3), edge(1, 2, 1), edge(2, 0, 2), edge(2, 7, 1)]);
    let [tangle] = &found[..] else { panic!("{found:?}") };
    assert_eq!(tangle.nodes, [0, 1, 2]);
    assert_eq!(tangle.cut, [edge(1, 2, 1)]);
    assert_eq!(tangle.way(2, 1), Some(vec![2, 0, 1]));
    assert_eq!(tangle.way(0, 7), None);
}

#[test]
fn one_dear_edge_goes_before_several_that_cost_more_together() {
    // Both circles share the edge from 0 to 1.
    let edges = [edge(0, 1, 3), edge(1, 2, 2), edge(2, 0, 2), edge(1, 3, 2), edge(3, 0, 2)];
    assert_eq!(tangles(&edges)[0].cut, [edge(0, 1, 3)]);
    let dear = [edge(0, 1, 5), edge(1, 2, 2), edge(2, 0, 2), edge(1, 3, 2), edge(3, 0, 2)];
    assert_eq!(cost(&tangles(&dear)[0].cut), 4);
}

#[test]
fn tangles_are_told_apart_and_come_in_order() {
    let edges = [edge(5, 6, 1), edge(6, 5, 2), edge(0, 5, 1), edge(3, 0, 1), edge(0, 3, 1)];
    let found: Vec<Vec<u32>> = tangles(&edges).into_iter().map(|tangle| tangle.nodes).collect();
    assert_eq!(found, [vec![0, 3], vec![5, 6]]);
}

#[test]
fn a_large_circle_with_one_cheap_edge_is_cut_there() {
    let size = 200;
    let mut edges: Vec<Edge> = (0..size).map(|node| edge(node, (node + 1) % size, 9)).collect();
    edges[120].weight = 1;
    // Shortcuts ahead change nothing.
    edges.extend((0..100).map(|node| edge(node, node + 20, 1)));
    assert_eq!(tangles(&edges)[0].cut, [edge(120, 121, 1)]);
}

/// The cost of the cheapest of all orders of a few nodes, tried one by one.
fn brute_force(nodes: u32, edges: &[Edge]) -> u64 {
    fn orders(chosen: &mut Vec<u32>, nodes: u32, edges: &[Edge]) -> u64 {
        if chosen.len() == nodes as usize {
            let place = |node: u32| chosen.iter().position(|other| *other == node);
            let back = edges.iter().filter(|edge| place(edge.from) > place(edge.to));
            return cost(&back.copied().collect::<Vec<_>>());
        }
        let mut best = u64::MAX;
        for node in 0..nodes {
            if !chosen.contains(&node) {
                chosen.push(node);
                best = best.min(orders(chosen, nodes, edges));
                chosen.pop();
            }
        }
        best
    }
    orders(&mut Vec::new(), nodes, edges)
}

/// Graphs of up to `nodes` nodes.
fn graphs(nodes: u32, most: usize) -> impl Strategy<Value = Vec<Edge>> {
    prop::collection::btree_map((0..nodes, 0..nodes), 1_u32..9, 0..most).prop_map(|weights| {
        let edges = weights.into_iter().filter(|((from, to), _)| from != to);
        edges.map(|((from, to), weight)| edge(from, to, weight)).collect()
    })
}

#[test]
fn the_heuristic_comes_close_to_the_cheapest() {
    let mut runner = TestRunner::deterministic();
    let (mut exact, mut found) = (0, 0);
    for _ in 0..400 {
        let edges = graphs(9, 40).new_tree(&mut runner).expect("a graph").current();
        let cut = cut::by_heuristic(9, &edges);
        assert!(is_acyclic(&without(&edges, &cut)));
        exact += cost(&cut::cheapest(9, &edges));
        found += cost(&cut);
    }
    assert!(found >= exact && found * 100 <= exact * 102, "{found} instead of {exact}");
}

proptest! {
    #[test]
    fn cuts_leave_no_cycle_and_no_edge_of_them_can_be_spared(edges in graphs(40, 160)) {
        let cut: Vec<Edge> = tangles(&edges).into_iter().flat_map(|tangle| tangle.cut).collect();
        prop_assert!(is_acyclic(&without(&edges, &cut)));
        for spared in &cut {
            let others: Vec<Edge> = cut.iter().filter(|edge| *edge != spared).copied().collect();
            prop_assert!(!is_acyclic(&without(&edges, &others)), "{spared:?} of {cut:?}");
        }
    }

    #[test]
    fn small_cuts_are_the_cheapest(edges in graphs(6, 20)) {
        let cut: Vec<Edge> = tangles(&edges).into_iter().flat_map(|tangle| tangle.cut).collect();
        prop_assert_eq!(cost(&cut), brute_force(6, &edges));
    }

    #[test]
    fn every_way_is_one_and_closes_a_cycle(edges in graphs(12, 40)) {
        for tangle in tangles(&edges) {
            for cut in &tangle.cut {
                let way = tangle.way(cut.to, cut.from).expect("a way back");
                prop_assert_eq!((way[0], way[way.len() - 1]), (cut.to, cut.from));
                for step in way.windows(2) {
                    let is_edge = |edge: &&Edge| edge.from == step[0] && edge.to == step[1];
                    prop_assert!(edges.iter().any(|edge| is_edge(&edge)));
                }
            }
        }
    }
}
