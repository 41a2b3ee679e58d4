//! How does a page become a tree, in bounded time and memory?
//!
//! The parser of the web's standard is quadratic and worse on pages made to hurt it:
//! each tag may look through all open elements, each paragraph may open again all
//! formatting that was left open. So it is fed piece by piece, and a page that costs far
//! more than any real one is given up.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use dom_query::{Document, NodeId};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, ParseOpts, QualName, parse_document};

/// In bytes. Small enough that one piece can't cost much before it is looked at.
const PIECE: usize = 4096;

/// In elements. Browsers flatten what is deeper than about this.
const DEEPEST: usize = 512;

/// Elements and texts. Real pages have some thousands, the longest ones on the web a
/// few hundred thousand.
const MOST_NODES: usize = 500_000;

/// Looks at an open element, pairs of attributes of one tag. A page of 1 MB costs a few
/// millions.
const MOST_STEPS: usize = 300_000_000;

/// Levels above each byte of text, and [`NODE`] times those above each node: what comes
/// after the parser weighs every level above a word. The longest real pages have some
/// hundred millions.
const MOST_LEVELS: usize = 600_000_000;

/// In bytes: a node without text costs as much as a line.
const NODE: usize = 32;

/// The page's tree; `None` for a page made to be slow.
pub(super) fn parse(source: &str) -> Option<Document> {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let mut parser = parse_document(Counted::default(), ParseOpts { tree_builder, ..ParseOpts::default() });
    let mut rest = source;
    let mut n_separators = 0;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
        rest = after;
        let before = parser.tokenizer.sink.sink.n_steps.get();
        parser.process(StrTendril::from_slice(piece));
        let sink = &parser.tokenizer.sink.sink;
        // A piece without a call is inside one token: should that be a tag, the parser
        // compares each attribute with all before it.
        let separators = piece.bytes().filter(|b| b" \t\n\r\x0c/='\"".contains(b)).count();
        n_separators = if sink.n_steps.get() == before { n_separators + separators } else { separators };
        sink.step(n_separators * separators / 2);
        if sink.is_spent() {
            return None;
        }
    }
    Some(parser.finish())
}

/// The tree under way, and what it has cost.
#[derive(Default)]
struct Counted {
    tree: Document,
    n_steps: Cell<usize>,
    n_nodes: Cell<usize>,
    n_levels: Cell<usize>,
    deepest: Cell<usize>,
    // Of elements; where one is moved, that of its first place.
    depths: RefCell<HashMap<NodeId, usize>>,
}

impl Counted {
    fn step(&self, n: usize) {
        self.n_steps.set(self.n_steps.get().saturating_add(n));
    }

    fn is_spent(&self) -> bool {
        self.n_steps.get() > MOST_STEPS
            || self.n_nodes.get() > MOST_NODES
            || self.n_levels.get() > MOST_LEVELS
            || self.deepest.get() > DEEPEST
    }

    fn place(&self, parent: NodeId, child: &NodeOrText<NodeId>) {
        self.step(1);
        self.n_nodes.set(self.n_nodes.get() + 1);
        let mut depths = self.depths.borrow_mut();
        let depth = depths.get(&parent).copied().unwrap_or(0) + 1;
        let size = match child {
            NodeOrText::AppendText(text) => NODE + text.len(),
            NodeOrText::AppendNode(child) => {
                depths.insert(*child, depth);
                NODE
            }
        };
        self.n_levels.set(self.n_levels.get().saturating_add(depth * size));
        self.deepest.set(self.deepest.get().max(depth));
    }
}

/// All work is the tree's own.
impl TreeSink for Counted {
    type Handle = NodeId;
    type Output = Document;
    type ElemName<'a> = <Document as TreeSink>::ElemName<'a>;

    fn finish(self) -> Document {
        self.tree
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.tree.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Self::ElemName<'a> {
        self.step(1);
        self.tree.elem_name(target)
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        self.step(1 + attrs.len());
        self.n_nodes.set(self.n_nodes.get() + 1);
        self.tree.create_element(name, attrs, flags)
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.step(1);
        self.tree.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.step(1);
        self.tree.create_pi(target, data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.place(*parent, &child);
        self.tree.append(parent, child);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, before: &NodeId, child: NodeOrText<NodeId>) {
        self.place(*element, &child);
        self.tree.append_based_on_parent_node(element, before, child);
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        self.place(*sibling, &child);
        self.tree.append_before_sibling(sibling, child);
    }

    fn append_doctype_to_document(&self, name: StrTendril, public_id: StrTendril, system_id: StrTendril) {
        self.tree.append_doctype_to_document(name, public_id, system_id);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.tree.get_template_contents(target)
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        self.step(1);
        self.tree.same_node(x, y)
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.tree.set_quirks_mode(mode);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attrs: Vec<Attribute>) {
        self.step(1 + attrs.len());
        self.tree.add_attrs_if_missing(target, attrs);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.step(1);
        self.tree.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.step(1);
        self.tree.reparent_children(node, new_parent);
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &NodeId) -> bool {
        self.tree.is_mathml_annotation_xml_integration_point(handle)
    }
}
