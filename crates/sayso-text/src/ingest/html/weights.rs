//! How much does each element of a page hold?

use std::collections::HashMap;

use dom_query::{Document, NodeId, NodeRef};

/// What an element holds.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Weight {
    pub(super) paragraphs: usize,
    pub(super) quotes: usize,
    pub(super) letters: usize,
    pub(super) linked: usize,
    pub(super) pictures: usize,
}

impl Weight {
    /// In letters: what it says itself, rather than what it leads to.
    pub(super) fn own_letters(self) -> usize {
        self.letters.saturating_sub(self.linked)
    }
}

/// What each element of a tree holds, counted in one walk: to count for each element
/// anew would take as many walks as the tree is deep.
pub(super) struct Weights(HashMap<NodeId, Weight>);

impl Weights {
    pub(super) fn of(tree: &Document) -> Self {
        let root = tree.root();
        let mut weights: HashMap<NodeId, Weight> = HashMap::new();
        let nodes: Vec<NodeRef<'_>> = root.descendants_it().collect();
        // Children come after their parents, so from the end each node is complete.
        for node in nodes.iter().rev() {
            let mut weight = weights.get(&node.id).copied().unwrap_or_default();
            if node.is_text() {
                weight.letters = node.text().chars().filter(|c| !c.is_whitespace()).count();
            }
            match node.node_name().as_deref() {
                Some("a") => weight.linked = weight.letters,
                Some("p") => weight.paragraphs += 1,
                Some("blockquote") => weight.quotes += 1,
                Some("img" | "picture" | "video") => weight.pictures += 1,
                // What they hold nobody reads.
                Some("script" | "style") => weight.letters = 0,
                _ => {}
            }
            weights.insert(node.id, weight);
            if let Some(parent) = node.parent() {
                let sum = weights.entry(parent.id).or_default();
                sum.paragraphs += weight.paragraphs;
                sum.quotes += weight.quotes;
                sum.letters += weight.letters;
                sum.linked += weight.linked;
                sum.pictures += weight.pictures;
            }
        }
        Self(weights)
    }

    pub(super) fn get(&self, node: &NodeRef<'_>) -> Weight {
        self.0.get(&node.id).copied().unwrap_or_default()
    }

    /// Some pages wrap everything in one form, or name the whole page after its frame;
    /// and what is quoted from elsewhere stands in frames named "social".
    pub(super) fn holds_article(&self, node: &NodeRef<'_>) -> bool {
        let weight = self.get(node);
        !node.has_name("aside") && !node.has_name("nav") && (weight.paragraphs >= 4 || weight.quotes >= 1)
    }

    /// How much of what an element says stands in links, in percent: lists, tables and
    /// paragraphs of links lead elsewhere.
    pub(super) fn linked_share(&self, node: &NodeRef<'_>) -> usize {
        let weight = self.get(node);
        weight.linked * 100 / weight.letters.max(1)
    }
}
