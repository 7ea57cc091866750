//! What waits for what: order, and circles.

use std::collections::BTreeMap;

/// Orders `nodes` so that each stands behind all that it waits for; among the free ones the
/// order given is kept.
///
/// # Errors
/// The nodes of a circle, in the order given.
pub fn order<N: Ord + Copy>(
    nodes: &[N],
    waits_for: impl Fn(N) -> Vec<N>,
) -> Result<Vec<N>, Vec<N>> {
    let mut open: BTreeMap<N, Vec<N>> = nodes
        .iter()
        .map(|node| {
            let ahead = waits_for(*node)
                .into_iter()
                .filter(|n| nodes.contains(n))
                .collect();
            (*node, ahead)
        })
        .collect();
    let mut ordered = Vec::with_capacity(nodes.len());
    while !open.is_empty() {
        let free = nodes.iter().copied().find(|node| {
            open.get(node)
                .is_some_and(|ahead| ahead.iter().all(|n| !open.contains_key(n)))
        });
        let Some(free) = free else {
            return Err(nodes
                .iter()
                .copied()
                .filter(|node| open.contains_key(node))
                .collect());
        };
        open.remove(&free);
        ordered.push(free);
    }
    Ok(ordered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_waited_for_comes_first_and_a_circle_is_named() {
        let waits = |n: u32| match n {
            1 => vec![3],
            3 => vec![2],
            _ => vec![],
        };
        assert_eq!(order(&[1, 2, 3, 4], waits), Ok(vec![2, 3, 1, 4]));
        let circle = |n: u32| vec![(n + 1) % 3];
        assert_eq!(order(&[0, 1, 2], circle), Err(vec![0, 1, 2]));
    }
}
