//! Which quotations only pull a sentence of the article into large type?
//!
//! What the article says once it would say twice, and the second time nobody stands by it.

use std::collections::HashSet;

use dom_query::{Document, NodeId, NodeRef};

/// Takes out the elements that name themselves pull quotes and repeat a paragraph's words.
/// One that says something new is the article's, whatever it is called.
pub(super) fn prune(page: &Document) {
    let named = page.select("blockquote[class], div[class], p[class], section[class], span[class], q[class]");
    let named: Vec<&NodeRef<'_>> = named.nodes().iter().filter(|node| is_pulled(node)).take(MOST).collect();
    if named.is_empty() {
        return;
    }
    let inside: HashSet<NodeId> =
        named.iter().flat_map(|node| node.descendants_it().map(|node| node.id)).collect();
    let told = told(page, &inside, &named);
    for node in named {
        let words = own_words(node);
        if words.len() >= SHORTEST && told.contains(&words) {
            node.remove_from_parent();
        }
    }
}

/// An article has a handful.
const MOST: usize = 20;

/// In bytes of letters: a word or two stand in any article.
const SHORTEST: usize = 15;

/// "pullquote", "pull-quote", "wp-block-pullquote", "pullQuote"
fn is_pulled(node: &NodeRef<'_>) -> bool {
    let class = node.attr("class").unwrap_or_default().to_ascii_lowercase();
    class.contains("pullquote") || class.contains("pull-quote") || class.contains("pull_quote")
}

/// The letters of all paragraphs outside pull quotes, a line each.
fn told(page: &Document, inside: &HashSet<NodeId>, named: &[&NodeRef<'_>]) -> String {
    let named: HashSet<NodeId> = named.iter().map(|node| node.id).collect();
    let mut paragraphs: HashSet<NodeId> = HashSet::new();
    let mut told = String::new();
    for node in page.root().descendants_it() {
        if inside.contains(&node.id) || named.contains(&node.id) {
            continue;
        }
        let within = node.parent().is_some_and(|parent| paragraphs.contains(&parent.id));
        if node.has_name("p") {
            told.push('\n');
        }
        if within || node.has_name("p") {
            paragraphs.insert(node.id);
        }
        if within && node.is_text() {
            push_letters(&node.text(), &mut told);
        }
    }
    told
}

/// The letters of a pull quote without who said it.
fn own_words(node: &NodeRef<'_>) -> String {
    let mut words = String::new();
    let mut open: Vec<NodeRef<'_>> = vec![*node];
    while let Some(node) = open.pop() {
        if node.is_text() {
            push_letters(&node.text(), &mut words);
        } else if !["cite", "footer", "script", "style"].iter().any(|name| node.has_name(name)) {
            let children: Vec<NodeRef<'_>> = node.children_it(false).collect();
            open.extend(children.into_iter().rev());
        }
    }
    words
}

fn push_letters(text: &str, out: &mut String) {
    out.extend(text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase));
}
