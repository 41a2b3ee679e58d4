//! What is left of a record where only the surer statements are wanted?

use std::collections::{HashMap, HashSet};

use crate::attribute;
use crate::record::{Attribution, Record};

/// Keeps the statements of at least this confidence, as a record rounds it, and those around them; what
/// rests on others alone goes with them. Returns how many statements went.
pub(crate) fn limit(record: &mut Record, confidence: f32) -> usize {
    let n_found = record.attributions.len();
    let around: HashMap<String, Option<String>> =
        record.attributions.iter().map(|a| (a.id.clone(), a.parent.clone())).collect();
    record.attributions = at_least(confidence, std::mem::take(&mut record.attributions));
    let kept: HashSet<&str> = record.attributions.iter().map(|a| a.id.as_str()).collect();
    // A figure that a doubtful statement gives isn't the outlet's; the statement around may give it.
    record.figures.retain_mut(|figure| {
        let given = figure.attributed_to.is_some();
        while let Some(id) = figure.attributed_to.take() {
            if kept.contains(id.as_str()) {
                figure.attributed_to = Some(id);
                return true;
            }
            figure.attributed_to = around.get(&id).cloned().flatten();
        }
        !given
    });
    let prune = |of: &mut Vec<String>| {
        let had = !of.is_empty();
        of.retain(|id| kept.contains(id.as_str()));
        !had || !of.is_empty()
    };
    record.positions.retain_mut(|position| prune(&mut position.attributions));
    for proposal in &mut record.proposals {
        proposal.received.retain(|receipt| kept.contains(receipt.attribution.as_str()));
        proposal.responses.retain_mut(|response| prune(&mut response.attributions));
    }
    let held: HashSet<&str> = record.positions.iter().map(|position| position.issue.as_str()).collect();
    record.issues.retain(|issue| held.contains(issue.id.as_str()));
    n_found - record.attributions.len()
}

/// Those of at least this confidence, as a record rounds it, and those around them.
fn at_least(confidence: f32, mut all: Vec<Attribution>) -> Vec<Attribution> {
    let limit = attribute::rounded(confidence);
    let mut around: HashSet<String> = HashSet::new();
    // Each one stands behind the one it is in.
    let mut kept: Vec<Attribution> = Vec::new();
    while let Some(attribution) = all.pop() {
        if attribution.confidence >= limit || around.contains(&attribution.id) {
            around.extend(attribution.parent.clone());
            kept.push(attribution);
        }
    }
    kept.reverse();
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doubtful_one_stays_around_a_sure_one() {
        let one = |(i, &(confidence, parent)): (usize, &(f64, Option<usize>))| Attribution {
            id: format!("a{}", i + 1),
            parent: parent.map(|parent: usize| format!("a{parent}")),
            confidence,
            ..Attribution::default()
        };
        let all = [(0.9, None), (0.3, Some(1)), (0.8, Some(2)), (0.2, None), (0.7, Some(4)), (0.49, None)];
        let all: Vec<Attribution> = all.iter().enumerate().map(one).collect();
        let check = |limit: f32, expected: &[&str]| {
            let kept = at_least(limit, all.clone());
            assert_eq!(kept.iter().map(|a| a.id.as_str()).collect::<Vec<_>>(), expected, "at {limit}");
        };
        check(0.75, &["a1", "a2", "a3"]);
        check(0.7, &["a1", "a2", "a3", "a4", "a5"]);
        check(0.85, &["a1"]);
        assert_eq!(at_least(0.0, all.clone()), all);
    }
}
